import {
  findTimeZone,
  nearestName,
  nearestTimeZones,
  parseInZone,
  type PhoneOptions,
  UTC,
} from '@waybill/core'
import {
  type GivenColumns,
  LOG_FIELDS,
  type LogField,
  type MatchWindow,
  type ReadLogOptions,
  type Verdict,
  VERDICTS,
} from '@waybill/reconcile'
import { COUNTRIES, phoneOptions } from '../config/national-numbers.js'
import { parseDuration } from './duration.js'
import type { ReconcileSettings } from './reconcile-sources.js'

/** What may be said about a reconciliation, as text: on the command line, or in a query string. */
export interface ReconcileFlags {
  /** Each `FIELD=COLUMN`, or `FIELD=` where the log does not have the field. */
  readonly map: readonly string[]
  /** `-2m..10m` */
  readonly window?: string | undefined
  /** `72h` */
  readonly finalAfter?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly timeZone?: string | undefined
  readonly encoding?: string | undefined
  /** `DE` */
  readonly defaultCountry?: string | undefined
  /** Verdicts, with commas between them. */
  readonly failOn?: string | undefined
}

/** What the flags of a reconciliation mean. */
export interface ReconcileChoices {
  readonly settings: ReconcileSettings
  readonly log: ReadLogOptions
  /** The verdicts that are differences; undefined: the usual ones. */
  readonly failOn: readonly Verdict[] | undefined
}

/** How a flag is written where it was given: `--final-after`, `finalAfter`. */
export type NameFlag = (flag: keyof ReconcileFlags) => string

/**
 * Reads the flags of a reconciliation.
 *
 * @param nameOf - how the caller writes a flag, for what is wrong with it.
 * @param phones - how numbers are read where the flags name no country.
 * @param errors - gets everything that is wrong.
 */
export function readReconcileFlags(
  flags: ReconcileFlags,
  nameOf: NameFlag,
  phones: PhoneOptions,
  errors: string[],
): ReconcileChoices {
  const wrong = (flag: keyof ReconcileFlags, problem: string): undefined => {
    errors.push(`${nameOf(flag)}: ${problem}`)
  }
  const read = <Value>(
    flag: Single,
    parse: (text: string) => Value | null,
    expected: string,
  ): Value | undefined => {
    const text = flags[flag]
    if (text === undefined) return undefined
    return parse(text) ?? wrong(flag, `expected ${expected}, found ${JSON.stringify(text.slice(0, 80))}`)
  }
  const timeZone = readTimeZone(flags.timeZone, wrong)
  const zone = (timeZone === undefined ? null : findTimeZone(timeZone)) ?? UTC
  const time = `a day (2026-01-31, in ${zone.name}) or a time (2026-01-31T12:00:00+01:00)`
  const since = read('since', (text) => parseInZone(text, zone), time)
  const until = read('until', (text) => parseInZone(text, zone), time)
  if (since !== undefined && until !== undefined && since >= until)
    wrong('until', `must be later than ${nameOf('since')}`)
  return {
    settings: {
      window: read('window', readWindow, 'two durations, such as -2m..10m, of seven days at most'),
      finalAfterMs: read('finalAfter', parseDuration, 'a duration, such as 72h'),
      since,
      // The end of the span itself is not part of it.
      until: until === undefined ? undefined : until - 1,
    },
    log: {
      map: readMap(flags.map, wrong),
      timeZone,
      encoding: flags.encoding,
      national: (read('defaultCountry', readCountry, 'a country, such as DE') ?? phones).national,
    },
    failOn: readVerdicts(flags.failOn, wrong),
  }
}

type Single = 'window' | 'finalAfter' | 'since' | 'until' | 'defaultCountry'
type Wrong = (flag: keyof ReconcileFlags, problem: string) => undefined

const LONGEST_WINDOW_MS = 7 * 24 * 60 * 60_000

function readWindow(text: string): MatchWindow | null {
  const [before = '', after = '', ...others] = text.split('..')
  const beforeMs = /^-|^0\w*$/.test(before) ? parseDuration(before.replace(/^-/, '')) : null
  const afterMs = parseDuration(after.replace(/^\+/, ''))
  if (beforeMs === null || afterMs === null || others.length > 0) return null
  return Math.max(beforeMs, afterMs) > LONGEST_WINDOW_MS ? null : { beforeMs, afterMs }
}

function readCountry(text: string): PhoneOptions | null {
  const country = COUNTRIES.find((code) => code === text.toUpperCase())
  return country === undefined ? null : phoneOptions(country)
}

function readTimeZone(name: string | undefined, wrong: Wrong): string | undefined {
  if (name === undefined || findTimeZone(name) !== null) return name
  const nearest = nearestTimeZones(name)
  const guess = nearest.length === 0 ? '' : ` Did you mean ${nearest.join(' or ')}?`
  return wrong('timeZone', `${quote(name)} is no IANA time zone.${guess} Give a name such as Europe/Berlin`)
}

function readMap(texts: readonly string[], wrong: Wrong): GivenColumns {
  const map: Partial<Record<LogField, string | null>> = {}
  for (const text of texts) {
    const [name = '', column] = text.split(/=(.*)/s)
    const field = LOG_FIELDS.find((each) => each === name)
    if (field === undefined) wrong('map', `${quote(name)} is no field${hint(name, LOG_FIELDS)}`)
    else if (column === undefined) wrong('map', `expected ${field}=COLUMN, found ${quote(text)}`)
    else if (map[field] !== undefined) wrong('map', `the field ${field} is given twice`)
    else map[field] = column === '' ? null : column
  }
  return map
}

function readVerdicts(text: string | undefined, wrong: Wrong): readonly Verdict[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim().toUpperCase().replaceAll('-', '_'))
  const verdicts = names.flatMap((name) => VERDICTS.find((each) => each === name) ?? [])
  const unknown = names.find((name) => !(VERDICTS as readonly string[]).includes(name))
  if (unknown !== undefined) wrong('failOn', `${quote(unknown)} is no verdict${hint(unknown, VERDICTS)}`)
  return verdicts
}

function hint(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names)
  const guess = nearest === null || nearest === undefined ? '' : ` Did you mean ${nearest}?`
  return `.${guess} Choose among ${names.join(', ')}`
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80))
}
