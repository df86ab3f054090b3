import {
  type FilterClause,
  type MessageFilter,
  type MessageSort,
  type PhoneOptions,
  parseDateTime,
  parseMessageFilter,
  parseMessageSort,
  WaybillError,
} from '@waybill/core'
import { readFlag } from './read-flag.js'

/** What the command line says about which messages, in which order. */
export interface QueryFlags {
  /** Each `filter[field][operator]=value`. */
  readonly filter: readonly string[]
  readonly source: readonly string[]
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly search?: string | undefined
  readonly sort?: string | undefined
}

/** Which messages are wanted, in which order. */
export interface ExportQuery {
  readonly filter: MessageFilter
  readonly search: string | null
  readonly sort: MessageSort
}

/**
 * Reads the flags that choose messages.
 * @param phones how phone numbers are read
 * @param errors gets everything that is wrong with them.
 */
export function readQuery(flags: QueryFlags, phones: PhoneOptions, errors: string[]): ExportQuery {
  return {
    filter: [
      ...flags.filter.flatMap(
        (text) =>
          readFlag(
            (name) => `--filter ${name}`,
            errors,
            () => parseClause(text, phones),
          ) ?? [],
      ),
      ...(flags.source.length === 0 ? [] : [sourceClause(flags.source)]),
      ...timeClauses(flags, errors),
    ],
    search: flags.search ?? null,
    sort:
      readFlag(
        () => '--sort',
        errors,
        () => parseMessageSort(flags.sort ?? ''),
      ) ?? parseMessageSort(''),
  }
}

// The shell hands over plain text: what stands in it is not percent-encoded, and a plus sign is one.
function parseClause(text: string, phones: PhoneOptions): MessageFilter {
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  if (!name.startsWith('filter[') || equals === -1) {
    throw new WaybillError(
      'INVALID_FILTER',
      `--filter ${text}: expected a clause like 'filter[status][in]=failed,deleted'`,
    )
  }
  return parseMessageFilter([[name, text.slice(equals + 1)]], phones)
}

function sourceClause(values: readonly string[]): FilterClause {
  return { field: 'source', operator: 'in', values }
}

function timeClauses({ since, until }: QueryFlags, errors: string[]): FilterClause[] {
  const begin = readTime('--since', since, errors)
  const end = readTime('--until', until, errors)
  if (begin !== null && end !== null && begin >= end) {
    errors.push(`--since ${since} is not before --until ${until}: nothing was sent between them`)
  }
  return [
    ...(begin === null ? [] : [{ field: 'sentAt', operator: 'gte', value: begin } as const]),
    ...(end === null ? [] : [{ field: 'sentAt', operator: 'lt', value: end } as const]),
  ]
}

function readTime(flag: string, text: string | undefined, errors: string[]): number | null {
  if (text === undefined) return null
  const value = parseDateTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00Z` : text)
  if (value === null) {
    errors.push(`${flag} ${text}: expected a day (2026-01-31, in UTC) or a time (2026-01-31T12:00:00+01:00)`)
  }
  return value
}
