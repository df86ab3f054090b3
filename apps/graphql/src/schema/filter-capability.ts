import type { Exactness, FieldCapability, FieldDomain, FilterOperator, SourceField } from '@waybill/core'
import { builder, type EnumType, type ObjectType } from './builder.js'

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
    EXACT: { value: 'exact', description: 'Yields the very messages that match.' },
    INEXACT: { value: 'inexact', description: 'Yields those and perhaps others, which Waybill leaves out.' },
  } as const,
})

const OperatorCapabilityType: ObjectType<OperatorCapability> = builder
  .objectRef<OperatorCapability>('OperatorCapability')
  .implement({
    description: 'An operator that an upstream answers by itself.',
    fields: (t) => ({
      operator: t.exposeString('operator', { description: 'Its name in `MessageFilter`.' }),
      exactness: t.expose('exactness', { type: ExactnessType, description: 'How well it is answered.' }),
    }),
  })

export const FilterCapabilityType: ObjectType<FilterCapability> = builder
  .objectRef<FilterCapability>('FilterCapability')
  .implement({
    description: 'What a source knows of one field of a filter.',
    fields: (t) => ({
      field: t.exposeString('field', { description: 'Its name in `MessageFilter`.' }),
      domain: t.field({
        type: FieldDomainType,
        description: 'Which values it can have.',
        resolve: ({ capability }) => capability.domain.kind,
      }),
      values: t.stringList({
        nullable: true,
        description: 'All values that it can have; null where there is no such list.',
        resolve: ({ capability: { domain } }) => (domain.kind === 'values' ? domain.values : null),
      }),
      listed: t.boolean({
        description:
          'Whether listed messages carry it. Otherwise Waybill finds it out, where it can, by filtering.',
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
