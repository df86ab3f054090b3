import type { EqualityOperator, FilterClause, TimeOperator, ValueField } from '@waybill/core'
import { MESSAGE_STATUSES, MESSAGE_TYPES } from '@waybill/core'
import fc from 'fast-check'
import { BEGIN } from './wacr-rows.js'

const PHONES = ['+14155552671', '+4915112345678', '+442071234567', 'shop-bot', 'a,b', '12345', '+1', '']

/** Values that occur, values that could occur, and values that cannot. */
const VALUES: Readonly<Record<ValueField, readonly string[]>> = {
  source: ['shop', 'octo', 'nowhere'],
  status: MESSAGE_STATUSES,
  type: MESSAGE_TYPES,
  direction: ['INBOUND', 'OUTBOUND'],
  interactionId: ['0', '7', '8', '4711', '9', '-1', '007', 'seven', '7,8', ''],
  from: PHONES,
  to: PHONES,
  phone: PHONES,
  contact: PHONES,
}
/** Beginnings of those; a number's is in its one form. */
const PREFIXES: Readonly<Record<ValueField, readonly string[]>> = {
  source: ['', 's', 'octo', 'octopods'],
  status: ['', 'S', 'DE', 'READ', 'x'],
  type: ['', 'T', 'TEXT', 'O'],
  direction: ['', 'IN', 'OUTBOUND', 'B'],
  interactionId: ['', '7', '47', '-', 's'],
  from: ['', '+', '+1', '+4', '+49151', '+4915112345678', 's', 'a,', 'S'],
  to: ['', '+', '+1', '+4', '+442', 'x'],
  phone: ['', '+', '+1', '+4', '+49', 'shop-', 'b'],
  contact: ['', '+', '+1', '+4915', '+44', 'shop', 'a'],
}
const OPERATORS: readonly EqualityOperator[] = ['eq', 'ne', 'in', 'notIn']
const TIMES: readonly TimeOperator[] = ['gt', 'gte', 'lt', 'lte']

const valueClause: fc.Arbitrary<FilterClause> = fc
  .record({
    field: fc.constantFrom(...(Object.keys(VALUES) as ValueField[])),
    operator: fc.constantFrom(...OPERATORS),
  })
  .chain(({ field, operator }) => {
    const single = operator === 'eq' || operator === 'ne'
    const length = single ? { minLength: 1, maxLength: 1 } : { minLength: 0, maxLength: 5 }
    return fc.record({
      field: fc.constant(field),
      operator: fc.constant(operator),
      values: fc.array(fc.constantFrom(...VALUES[field]), length),
    })
  })

const prefixClause: fc.Arbitrary<FilterClause> = fc
  .constantFrom(...(Object.keys(PREFIXES) as ValueField[]))
  .chain((field) =>
    fc.record({
      field: fc.constant(field),
      operator: fc.constant('startsWith' as const),
      values: fc.tuple(fc.constantFrom(...PREFIXES[field])),
    }),
  )

/** Around the rows' times, to the millisecond where rows stand. */
const timeClause: fc.Arbitrary<FilterClause> = fc.record({
  field: fc.constant('sentAt' as const),
  operator: fc.constantFrom(...TIMES),
  value: fc
    .tuple(fc.integer({ min: -5, max: 95 }), fc.constantFrom(-1, 0, 0, 1))
    .map(([step, off]) => BEGIN + step * 20_000 + off),
})

/** Up to four clauses, several on one field among them. */
export const filters: fc.Arbitrary<readonly FilterClause[]> = fc.array(
  fc.oneof(
    { arbitrary: valueClause, weight: 4 },
    { arbitrary: prefixClause, weight: 1 },
    { arbitrary: timeClause, weight: 1 },
  ),
  { maxLength: 4 },
)

const TERMS =
  '% _ 100% 0% alles_ ÜBER über ß SS strasse привет МИР 🎁 👩 gift GIFT\\IN [now] k \u212A i ı İ <B> &amp; 7 zzz'
    .split(' ')
    .concat(' ', '0% a')

/** Wildcards, scripts, letters that fold in odd ways, nothing. */
export const searches: fc.Arbitrary<string | null> = fc.oneof(
  { arbitrary: fc.constant(null), weight: 4 },
  { arbitrary: fc.constantFrom(...TERMS), weight: 6 },
)
