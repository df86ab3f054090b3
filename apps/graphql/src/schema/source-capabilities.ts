import type {
  Exactness,
  FieldCapability,
  FieldDomain,
  FilterOperator,
  MessageSort,
  Paging,
  ProviderCapabilities,
  SourceField,
} from '@waybill/core'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { MessageSortFieldType, SortDirectionType } from './message-sort.js'

const PagingKindType: EnumType<Paging['kind']> = builder.enumType('PagingKind', {
  description: 'How an upstream lets its list be read.',
  values: {
    WINDOW: { value: 'window', description: 'Only the newest messages are listed, in one request.' },
    PAGE: {
      value: 'page',
      description: 'By page number and page size, over a list that changes between requests.',
    },
    CURSOR: { value: 'cursor', description: 'With a stable cursor of its own.' },
  } as const,
})

const SearchCapabilityType: EnumType<ProviderCapabilities['search']> = builder.enumType('SearchCapability', {
  description: 'How an upstream searches in the text.',
  values: {
    EXACT: { value: 'exact', description: 'Finds exactly the messages that match.' },
    INEXACT: { value: 'inexact', description: 'Finds them and perhaps others, which Waybill filters out.' },
    NONE: { value: 'none', description: 'Not at all: Waybill reads every message and searches.' },
  } as const,
})

const TotalsCapabilityType: EnumType<ProviderCapabilities['totals']> = builder.enumType('TotalsCapability', {
  description: 'Whether an upstream sends the number of matching messages.',
  values: {
    ALWAYS: { value: 'always', description: 'It does.' },
    MAYBE: { value: 'maybe', description: 'Some servers send it.' },
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
        description: 'What it can do with each field of a filter.',
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
        description: 'Whether it sends the number of matching messages.',
      }),
      maxSkewSeconds: t.float({
        description: 'The greatest distance between `sentAt` and the hidden time that it sorts by.',
        resolve: ({ maxSkewMs }) => maxSkewMs / 1000,
      }),
    }),
  })

/** What a source knows of a field. */
export interface FilterCapability {
  readonly field: SourceField
  readonly capability: FieldCapability
}

interface OperatorCapability {
  readonly operator: FilterOperator
  readonly exactness: Exactness
}

const FieldDomainType: EnumType<FieldDomain['kind']> = builder.enumType('FieldDomain', {
  description: 'Which values a field can have at a source.',
  values: {
    ABSENT: { value: 'absent', description: 'Always null: no clause ever matches, and no request is made.' },
    VALUES: { value: 'values', description: 'One of a list of values.' },
    INTEGER: { value: 'integer', description: 'An integer; nothing else ever matches.' },
    TEXT: { value: 'text', description: 'Any text.' },
    TIME: { value: 'time', description: 'A point in time.' },
  } as const,
})

const ExactnessType: EnumType<Exactness> = builder.enumType('Exactness', {
  description: 'How well an upstream answers an operator.',
  values: {
    EXACT: { value: 'exact', description: 'Yields exactly the messages that match.' },
    INEXACT: { value: 'inexact', description: 'Yields them and perhaps others, which Waybill filters out.' },
  } as const,
})

const OperatorCapabilityType: ObjectType<OperatorCapability> = builder
  .objectRef<OperatorCapability>('OperatorCapability')
  .implement({
    description: 'An operator that an upstream applies itself.',
    fields: (t) => ({
      operator: t.exposeString('operator', { description: 'Its name in `MessageFilter`.' }),
      exactness: t.expose('exactness', { type: ExactnessType, description: 'How well it is answered.' }),
    }),
  })

const FilterCapabilityType: ObjectType<FilterCapability> = builder
  .objectRef<FilterCapability>('FilterCapability')
  .implement({
    description: 'What a source can do with one field of a filter.',
    fields: (t) => ({
      field: t.exposeString('field', { description: 'Its name in `MessageFilter`.' }),
      domain: t.field({
        type: FieldDomainType,
        description: 'Which values it can have.',
        resolve: ({ capability }) => capability.domain.kind,
      }),
      values: t.stringList({
        nullable: true,
        description: 'All values that it can have; null if they cannot be listed.',
        resolve: ({ capability: { domain } }) => (domain.kind === 'values' ? domain.values : null),
      }),
      listed: t.boolean({
        description:
          'Whether listed messages have it. If not, Waybill learns it by filtering, where possible.',
        resolve: ({ capability }) => capability.domain.kind !== 'absent' && capability.listed !== false,
      }),
      operators: t.field({
        type: [OperatorCapabilityType],
        description: 'What the upstream answers by itself. Waybill evaluates every other operator.',
        resolve: ({ capability }) => operatorsOf(capability),
      }),
    }),
  })

function operatorsOf({ operators = {} }: FieldCapability): OperatorCapability[] {
  return Object.entries(operators).map(([operator, exactness]) => ({
    operator: operator as FilterOperator,
    exactness,
  }))
}

const SortCapabilityType: ObjectType<MessageSort> = builder
  .objectRef<MessageSort>('SortCapability')
  .implement({
    description: 'An order that an upstream can serve.',
    fields: (t) => ({
      field: t.expose('field', { type: MessageSortFieldType, description: 'What it sorts by.' }),
      direction: t.expose('direction', { type: SortDirectionType, description: 'Ascending or descending.' }),
    }),
  })
