/**
 * What the grammars read: a query string (with or without the leading `?`), pairs of decoded names and values
 * (`URLSearchParams`, a `Map`), or a plain object, flat (`{ 'filter[status]': 'sent' }`) or nested
 * (`{ filter: { status: { in: ['sent', 'failed'] } } }`, as web frameworks make it).
 */
export type QueryInput = string | Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>
