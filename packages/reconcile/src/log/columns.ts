import { nearestName } from '@waybill/core'
import { LogError } from './log-error.js'

/** The fields of an entry that a log can have. */
export const LOG_FIELDS = [
  'id',
  'whatsappId',
  'reference',
  'to',
  'at',
  'timeOfDay',
  'text',
  'status',
] as const

export type LogField = (typeof LOG_FIELDS)[number]

/** Which column each field is read from, by name. */
export type ColumnMap = Readonly<Partial<Record<LogField, string>>>

/** What a caller knows of the columns: null for a field that the log does not have, whatever its columns are named. */
export type GivenColumns = Readonly<Partial<Record<LogField, string | null>>>

/** Names of columns in lower case, letters and digits alone, the surest first. */
const USUAL_NAMES: Readonly<Record<LogField, readonly string[]>> = {
  id: ['id', 'upstreamid', 'messageid', 'channelmessageid', 'msgid'],
  whatsappId: ['whatsappid', 'wamid', 'whatsappmessageid', 'wamessageid'],
  reference: [
    'reference',
    'ref',
    'clientref',
    'clientreference',
    'externalid',
    'correlationid',
    'customid',
    'referenz',
  ],
  to: [
    'to',
    'recipient',
    'phone',
    'phonenumber',
    'userphonenumber',
    'recipientphone',
    'recipientnumber',
    'msisdn',
    'mobile',
    'destination',
    'number',
    'contact',
    'empfänger',
    'empfaenger',
    'telefonnummer',
    'telefon',
    'rufnummer',
    'handynummer',
    'mobilnummer',
    'nummer',
  ],
  at: [
    'at',
    'sentat',
    'timestamp',
    'senttime',
    'timesent',
    'datetime',
    'time',
    'createdat',
    'date',
    'sent',
    'datesent',
    'sentdate',
    'sentdatetime',
    'senddate',
    'createdate',
    'createdon',
    'datecreated',
    'ts',
    'zeitpunkt',
    'gesendetam',
    'versendetam',
    'erstelltam',
    'versanddatum',
    'sendedatum',
    'datum',
  ],
  // Only beside a column with the day: see `guessDay`.
  timeOfDay: ['timeofday', 'time', 'senttime', 'timesent', 'sendtime', 'uhrzeit', 'zeit', 'sendezeit'],
  text: [
    'text',
    'message',
    'body',
    'content',
    'messagecontent',
    'messagetext',
    'messagebody',
    'nachricht',
    'nachrichtentext',
    'inhalt',
  ],
  status: ['status', 'messagestatus', 'deliverystatus', 'state', 'zustellstatus'],
}

/** Names of columns that have the day alone, if another one has the time of day. */
const DAY_NAMES = [
  'date',
  'day',
  'sentdate',
  'datesent',
  'senddate',
  'datum',
  'tag',
  'sendedatum',
  'versanddatum',
]

/** Names of columns that have a whole time, whatever columns are beside them. */
const WHOLE_NAMES = ['at', 'sentat', 'timestamp', 'datetime', 'zeitpunkt']

const HEADER = { line: 1, column: null }

/**
 * Finds out which column each field is in, and whether entries can be matched by them.
 *
 * @throws LogError as `guessColumns` does, and where entries could not be matched.
 */
export function mapColumns(columns: readonly string[], given: GivenColumns = {}): ColumnMap {
  const map = guessColumns(columns, given)
  const isIdentified = map.id !== undefined || map.whatsappId !== undefined
  const isDescribed = map.reference !== undefined || (map.to !== undefined && map.text !== undefined)
  if (!isIdentified && !isDescribed)
    throw new LogError(
      HEADER,
      'COLUMNS',
      `no column has an id, a WhatsApp id, a reference, or number and text; the columns are ${list(columns)}`,
      `Say which column is which field (${LOG_FIELDS.join(', ')}), for example with --map to=COLUMN.`,
    )
  if (map.timeOfDay !== undefined && map.at === undefined)
    throw new LogError(
      HEADER,
      'COLUMNS',
      `no column has the day; the columns are ${list(columns)}`,
      'Say which column has it, for example with --map at=COLUMN.',
    )
  if (!isIdentified && map.at === undefined)
    throw new LogError(
      HEADER,
      'COLUMNS',
      `no column has the time; the columns are ${list(columns)}`,
      'Say which column is the field "at", for example with --map at=COLUMN.',
    )
  return map
}

/**
 * Finds out which column each field is in: as it is given, else by the column's name.
 *
 * @param columns - the names of all columns.
 * @param given - what the caller knows; a field that is given is not guessed.
 * @throws LogError for a column that does not exist or occurs twice, and where the first line has values instead of names.
 */
export function guessColumns(columns: readonly string[], given: GivenColumns = {}): ColumnMap {
  if (columns.some(isValue))
    throw new LogError(
      HEADER,
      'COLUMNS',
      'the first line has values instead of column names',
      `Put a line with the names before it, such as ${LOG_FIELDS.join(',')}.`,
    )
  if (columns.every((name) => /^'.*'$/.test(name)))
    throw new LogError(
      HEADER,
      'QUOTES',
      'names and values are in single quotes',
      'Write double quotes around them, or none.',
    )
  const map: Partial<Record<LogField, string>> = {}
  const known: GivenColumns = { ...guessDay(columns, given), ...given }
  const taken = Object.values(known).filter((column) => column !== null)
  for (const field of LOG_FIELDS) {
    const column = known[field] === undefined ? guessColumn(field, columns, taken) : known[field]
    if (column === null) continue
    if (!columns.includes(column)) throw unknownColumn(field, column, columns)
    if (columns.indexOf(column) !== columns.lastIndexOf(column))
      throw new LogError({ line: 1, column }, 'COLUMNS', 'the column occurs twice', 'Rename one of them.')
    map[field] = column
  }
  return map
}

/**
 * A column that would have been read, had it been among those of the first lines; undefined: none of the names is one.
 *
 * @param names - of columns that occur later.
 */
export function missedColumn(
  names: readonly string[],
  map: ColumnMap,
  given: GivenColumns = {},
): string | undefined {
  const open = LOG_FIELDS.filter(
    (field) =>
      map[field] === undefined &&
      given[field] !== null &&
      (field !== 'timeOfDay' || DAY_NAMES.includes(fold(map.at ?? ''))),
  )
  return names.find((name) => open.some((field) => guessColumn(field, [name], []) !== null))
}

/** No column has a long number or a time for its name; they are not quoted either. */
function isValue(name: string): boolean {
  return /\d{6}/.test(name.replaceAll(/[\s()/.-]/g, '')) || name.startsWith('wamid.')
}

function guessColumn(field: LogField, columns: readonly string[], taken: readonly string[]): string | null {
  const free = columns.filter((column) => !taken.includes(column))
  for (const usual of USUAL_NAMES[field]) {
    const [named, another] = free.filter((column) => fold(column) === usual)
    if (named !== undefined && another !== undefined && named !== another)
      throw new LogError(
        { line: 1, column: named },
        'COLUMNS',
        `the columns ${list([named, another])} may both be the field "${field}"`,
        `Say which one it is, for example with --map ${field}=COLUMN.`,
      )
    if (named !== undefined) return named
  }
  return null
}

/** Which columns have the day and the time of day, as far as that is not given. */
function guessDay(columns: readonly string[], given: GivenColumns): GivenColumns {
  if (given.at === null || given.timeOfDay === null) return NO_DAY
  const taken = Object.values(given)
  const find = (names: readonly string[]): string | undefined =>
    columns.find((column) => !taken.includes(column) && names.includes(fold(column)))
  if (given.at === undefined && given.timeOfDay === undefined && find(WHOLE_NAMES) !== undefined)
    return NO_DAY
  const day = given.at ?? find(DAY_NAMES)
  if (given.timeOfDay !== undefined) return day === undefined ? {} : { at: day }
  const timeOfDay = find(USUAL_NAMES.timeOfDay)
  const isDay = day !== undefined && DAY_NAMES.includes(fold(day))
  return isDay && timeOfDay !== undefined ? { at: day, timeOfDay } : NO_DAY
}

/** The log has whole times: a column `time` is one of them. */
const NO_DAY: GivenColumns = { timeOfDay: null }

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function unknownColumn(field: LogField, column: string, columns: readonly string[]): LogError {
  const nearest = nearestName(column, columns)
  const hint = nearest === null || nearest === undefined ? '' : `Did you mean ${JSON.stringify(nearest)}? `
  return new LogError(
    { line: 1, column },
    'COLUMNS',
    `the column for the field "${field}" does not exist`,
    `${hint}The columns are ${list(columns)}.`,
  )
}

function list(columns: readonly string[]): string {
  const shown = columns.slice(0, 20).map((column) => JSON.stringify(column.slice(0, 40)))
  return columns.length > 20 ? `${shown.join(', ')} and ${columns.length - 20} more` : shown.join(', ')
}
