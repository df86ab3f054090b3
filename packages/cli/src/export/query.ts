import {
  type FilterClause,
  isTimeClause,
  type MessageFilter,
  type PhoneOptions,
  parseInZone,
  parseMessageFilter,
  parseMessageSort,
  printClause,
  type TimeZone,
  WaybillError,
  ParameterError,
} from '@waybill/core'
import { type ExportQuery, namedSources, sentSpan } from '@waybill/export'
import { chooseSources } from '../command/workspace.js'

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
 * @param zone whose clocks are meant by days, and by times without a zone
 */
export function readQuery(
  flags: QueryFlags,
  phones: PhoneOptions,
  errors: string[],
  zone: TimeZone,
): ExportQuery {
  const filter = [
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
  ]
  checkSpan(flags, filter, errors)
  return {
    filter,
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
  return [
    ...(begin === null ? [] : [{ field: 'sentAt', operator: 'gte', value: begin } as const]),
    ...(end === null ? [] : [{ field: 'sentAt', operator: 'lt', value: end } as const]),
  ]
}

/** A span without a moment in it is a slip: its empty result would look like a proof. */
function checkSpan({ since, until }: QueryFlags, filter: MessageFilter, errors: string[]): void {
  const { from, to } = sentSpan(filter)
  if (from <= to) return
  const given = filter.filter(isTimeClause)
  const isOfFlags = since !== undefined && until !== undefined && given.length === 2
  errors.push(
    isOfFlags
      ? `--since ${since} is not before --until ${until}: nothing was sent between them`
      : `${given.map(printClause).join(' and ')}: nothing was sent in a time that ends before it begins`,
  )
}

function readTime(flag: string, text: string | undefined, zone: TimeZone, errors: string[]): number | null {
  if (text === undefined) return null
  const value = parseInZone(text, zone)
  if (value === null) {
    errors.push(
      `${flag} ${text}: expected a day (2026-01-31, in ${zone.name}) or a time (2026-01-31T12:00:00+01:00)`,
    )
  }
  return value
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
 * @throws UsageError for a source that is not configured, however it was named: nothing could match, and an empty result
 *   would look like a proof.
 */
export function refuseUnknownSources(
  filter: MessageFilter,
  sources: readonly { readonly id: string }[],
): void {
  chooseSources(sources, namedSources(filter))
}

/** What an empty result of a filter does not prove, as a sentence; empty where there is nothing to say. */
export function describeFuture(filter: MessageFilter): string {
  return sentSpan(filter).from > Date.now()
    ? ' The time asked for has not begun yet: nothing can be known of it.'
    : ''
}
