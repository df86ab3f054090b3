import type { Paging, ProviderCapabilities, SourceField } from '@waybill/core'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { FilterCapabilityType } from './filter-capability.js'
import { SortCapabilityType } from './sort-capability.js'

const PagingKindType: EnumType<Paging['kind']> = builder.enumType('PagingKind', {
  description: 'How an upstream lets its list be read.',
  values: {
    WINDOW: { value: 'window', description: 'Only the newest messages can be had, in one request.' },
    PAGE: { value: 'page', description: 'By page number and page size, over a list that moves meanwhile.' },
    CURSOR: { value: 'cursor', description: 'With a stable cursor of its own.' },
  } as const,
})

const SearchCapabilityType: EnumType<ProviderCapabilities['search']> = builder.enumType('SearchCapability', {
  description: 'How an upstream searches in the text.',
  values: {
    EXACT: { value: 'exact', description: 'Finds the very messages that a search means.' },
    INEXACT: { value: 'inexact', description: 'Finds those and perhaps others, which Waybill leaves out.' },
    NONE: { value: 'none', description: 'Not at all: Waybill reads every message and searches.' },
  } as const,
})

const TotalsCapabilityType: EnumType<ProviderCapabilities['totals']> = builder.enumType('TotalsCapability', {
  description: 'Whether an upstream tells how many messages match.',
  values: {
    ALWAYS: { value: 'always', description: 'It does.' },
    MAYBE: { value: 'maybe', description: 'Some servers do.' },
    NEVER: { value: 'never', description: 'It does not.' },
  } as const,
})

export const SourceCapabilitiesType: ObjectType<ProviderCapabilities> = builder
  .objectRef<ProviderCapabilities>('SourceCapabilities')
  .implement({
    description: 'What an upstream can do by itself.',
    fields: (t) => ({
      pagingKind: t.field({
        type: PagingKindType,
        description: 'How its list is read.',
        resolve: ({ paging }) => paging.kind,
      }),
      pageLimit: t.int({
        description: 'How many messages one request yields at most.',
        resolve: ({ paging }) => (paging.kind === 'window' ? paging.maxItems : paging.maxPageSize),
      }),
      filters: t.field({
        type: [FilterCapabilityType],
        description: 'What it knows of each field of a filter.',
        resolve: ({ fields }) =>
          Object.entries(fields).map(([field, capability]) => ({ field: field as SourceField, capability })),
      }),
      search: t.expose('search', { type: SearchCapabilityType, description: 'How it searches in the text.' }),
      sorts: t.expose('sorts', { type: [SortCapabilityType], description: 'The orders that it can serve.' }),
      sparseFields: t.exposeBoolean('sparseFields', {
        description: 'Whether it transfers only the fields that a query needs.',
      }),
      totals: t.expose('totals', {
        type: TotalsCapabilityType,
        description: 'Whether it tells how many messages match.',
      }),
      maxSkewSeconds: t.float({
        description: 'The greatest distance between `sentAt` and the hidden time that it sorts by.',
        resolve: ({ maxSkewMs }) => maxSkewMs / 1000,
      }),
    }),
  })
