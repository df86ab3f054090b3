import {
  DAY_MS,
  type FilterClause,
  type MessageFilter,
  type PhoneOptions,
  parseDateTime,
  parseMessageFilter,
  parseMessageSort,
  type TimeZone,
  UTC,
  WaybillError,
  ParameterError,
} from '@waybill/core'
import type { ExportQuery } from '@waybill/export'
import type { CommandHost } from '../command/context.js'

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

/**
 * Reads the flags that choose messages.
 * @param phones how phone numbers are read
 * @param errors gets everything that is wrong with them.
 * @param zone whose days are meant by a date alone
 */
export function readQuery(
  flags: QueryFlags,
  phones: PhoneOptions,
  errors: string[],
  zone: TimeZone = UTC,
): ExportQuery {
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
      ...timeClauses(flags, zone, errors),
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
  if (text.includes('&filter[')) {
    throw new WaybillError(
      'INVALID_FILTER',
      "--filter: found several clauses joined with &: give --filter once for each clause, --filter 'filter[status]=failed' --filter 'filter[direction]=outbound'",
    )
  }
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

function timeClauses({ since, until }: QueryFlags, zone: TimeZone, errors: string[]): FilterClause[] {
  const begin = readTime('--since', since, zone, errors)
  const end = readTime('--until', until, zone, errors)
  if (begin !== null && end !== null && begin >= end) {
    errors.push(`--since ${since} is not before --until ${until}: nothing was sent between them`)
  }
  return [
    ...(begin === null ? [] : [{ field: 'sentAt', operator: 'gte', value: begin } as const]),
    ...(end === null ? [] : [{ field: 'sentAt', operator: 'lt', value: end } as const]),
  ]
}

function readTime(flag: string, text: string | undefined, zone: TimeZone, errors: string[]): number | null {
  if (text === undefined) return null
  const value = /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text, zone) : parseDateTime(text)
  if (value === null) {
    errors.push(
      `${flag} ${text}: expected a day (2026-01-31, in ${zone.name}) or a time (2026-01-31T12:00:00+01:00)`,
    )
  }
  return value
}

function startOfDay(text: string, zone: TimeZone): number | null {
  const midnight = parseDateTime(`${text}T00:00Z`)
  if (midnight === null) return null
  const day = midnight / DAY_MS
  // Where a zone has skipped a day, the next one begins in its place.
  return zone.startOfDay(day) ?? zone.startOfDay(day + 1)
}

/**
 * Reads the value of a flag. Errors name the flag, which is what its caller wrote.
 * @param nameOf what the parameter of the grammar is called on the command line
 * @param errors gets what is wrong.
 */
export function readFlag<Value>(
  nameOf: (parameter: string) => string,
  errors: string[],
  read: () => Value,
): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error
    errors.push(error instanceof ParameterError ? renamed(error, nameOf).message : error.message)
    return undefined
  }
}

function renamed({ code, issues }: ParameterError, nameOf: (parameter: string) => string): ParameterError {
  const named = issues.map((issue) => ({ ...issue, parameter: nameOf(issue.parameter ?? '') }))
  return new ParameterError(code, named)
}

/**
 * Says which sources a filter names that are not configured. That is no error: as everywhere, a value that nothing has
 * matches nothing. But it is probably a slip, and an empty export does not tell.
 */
export function noteUnknownSources(
  filter: MessageFilter,
  sources: readonly { readonly id: string }[],
  { stderr }: Pick<CommandHost, 'stderr'>,
): void {
  const known = sources.map(({ id }) => id)
  const named = filter.flatMap((clause) => (clause.field === 'source' ? clause.values : []))
  for (const id of new Set(named.filter((each) => !known.includes(each)))) {
    stderr.write(
      `note: the source ${id} is not configured, so no message matches it. Configured: ${known.join(', ')}.\n`,
    )
  }
}
