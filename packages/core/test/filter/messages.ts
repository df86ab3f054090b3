import fc from 'fast-check'
import {
  type EqualityOperator,
  type FilterClause,
  type Message,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type MessageFilter,
  type TimeOperator,
  toldContact,
  type ValueField,
} from '../../src/index.js'

const PHONES = ['+14155552671', '+4915112345678', 'alice', '120363@g.us']
const PREFIXES = ['', '+', '+1', '+491', '+4915112345678', 'a', 'A']
const IDS = ['7', '07', '12', '']
const SOURCES = ['octo', 'shop', 'Shop']

/** A message with nothing told but when it was sent. */
export const BARE: Message = {
  upstreamId: '1',
  whatsappId: null,
  direction: null,
  type: null,
  rawType: null,
  status: null,
  rawStatus: null,
  text: null,
  from: null,
  to: null,
  contact: null,
  interactionId: null,
  isRead: null,
  sentAt: Date.parse('2026-01-01T00:00:00Z'),
  failure: null,
  raw: null,
}

const orNull = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...values)

/** Few values, so that clauses and messages meet often. */
export const messages: fc.Arbitrary<Message> = fc
  .record({
    direction: orNull(MESSAGE_DIRECTIONS),
    type: orNull(MESSAGE_TYPES.slice(0, 3)),
    status: orNull(MESSAGE_STATUSES.slice(0, 3)),
    from: orNull(PHONES),
    to: orNull(PHONES),
    interactionId: orNull(IDS),
    sentAt: fc.integer({ min: -3, max: 3 }),
  })
  .map((fields) => ({ ...BARE, ...fields, contact: toldContact(fields) }))

export const sources: fc.Arbitrary<string> = fc.constantFrom(...SOURCES)

const VALUES: Readonly<Record<ValueField, readonly string[]>> = {
  source: SOURCES,
  status: MESSAGE_STATUSES.slice(0, 3),
  type: MESSAGE_TYPES.slice(0, 3),
  direction: MESSAGE_DIRECTIONS,
  interactionId: IDS,
  from: PHONES,
  to: PHONES,
  phone: PHONES,
  contact: PHONES,
}

const valueClauses = fc
  .record({
    field: fc.constantFrom(...(Object.keys(VALUES) as ValueField[])),
    operator: fc.constantFrom<EqualityOperator>('eq', 'ne', 'in', 'notIn'),
  })
  .chain(({ field, operator }) => {
    const count = operator === 'eq' || operator === 'ne' ? { minLength: 1, maxLength: 1 } : { maxLength: 3 }
    return fc.record({
      field: fc.constant(field),
      operator: fc.constant(operator),
      values: fc.array(fc.constantFrom(...VALUES[field]), count),
    })
  })

const prefixClauses = fc.record({
  field: fc.constantFrom('from' as const, 'to' as const, 'phone' as const),
  operator: fc.constant('startsWith' as const),
  values: fc.tuple(fc.constantFrom(...PREFIXES)),
})

const timeClauses = fc.record({
  field: fc.constant('sentAt' as const),
  operator: fc.constantFrom<TimeOperator>('gt', 'gte', 'lt', 'lte'),
  value: fc.integer({ min: -3, max: 3 }),
})

export const clauses: fc.Arbitrary<FilterClause> = fc.oneof(
  { weight: 4, arbitrary: valueClauses },
  { weight: 1, arbitrary: prefixClauses },
  { weight: 1, arbitrary: timeClauses },
)

/** Filters that say no field and operator twice, as the grammar wants it. */
export const filters: fc.Arbitrary<MessageFilter> = fc.uniqueArray(clauses, {
  selector: ({ field, operator }) => `${field} ${operator}`,
  maxLength: 6,
})
