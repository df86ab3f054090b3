export * from './errors/codes.js'
export * from './errors/waybill-error.js'
export * from './filter/clause.js'
export * from './filter/evaluate.js'
export { parseMessageFilter, printClause, printMessageFilter, readParty } from './filter/message-filter.js'
export * from './filter/message-sort.js'
export * from './filter/search.js'
export { defineFieldsSchema, parseFields, printFields, type FieldsSchema } from './grammar/fields.js'
export type * from './grammar/operator.js'
export {
  formatGrammarIssue,
  invalidValue,
  ParameterError,
  type GrammarIssue,
  type GrammarIssueCode,
  type ParameterErrorCode,
} from './grammar/parameters/issue.js'
export type { QueryInput } from './grammar/parameters/read-parameters.js'
export { parseFilter } from './grammar/parse-filter.js'
export { parseQuery, type Query, type QuerySchema } from './grammar/parse-query.js'
export { printFilter } from './grammar/print-filter.js'
export * from './grammar/schema.js'
export {
  defineSortSchema,
  parseSort,
  printSort,
  type SortDirection,
  type SortSchema,
  type SortTerm,
} from './grammar/sort.js'
export { countOf } from './input/count-of.js'
export { isInteger, isNatural } from './input/integer.js'
export { nearestName } from './input/nearest-name.js'
export * from './message/contact.js'
export * from './message/exact-json.js'
export * from './message/message.js'
export * from './message/phone.js'
export * from './message/time.js'
export * from './period/local-time.js'
export * from './period/time-zone.js'
export type * from './provider/archive-record.js'
export * from './provider/capabilities.js'
export * from './provider/counts.js'
export * from './provider/provider.js'
export * from './provider/warning.js'
