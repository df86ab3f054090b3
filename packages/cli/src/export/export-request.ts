import { parseFields, type PhoneOptions, UTC } from '@waybill/core'
import {
  DEFAULT_FIELDS,
  EXPORT_FIELD_NAMES,
  EXPORT_FIELDS_SCHEMA,
  type ExportFieldName,
  type ExportQuery,
  type FileOptions,
  FORMAT_NAMES,
  type FormatName,
  FORMATS,
} from '@waybill/export'
import { UsageError } from '../command/context.js'
import { formatByEnding } from '../command/output-format.js'
import { readTimeZone } from '../command/shared-options.js'
import { readFlag, type QueryFlags, readQuery } from './query.js'
import type { TargetMode } from './target.js'

/** The separators of CSV, by the values of the flag. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  [',', ','],
  [';', ';'],
  ['tab', '\t'],
])

/** The flags of `waybill export`, as they were given. */
export interface ExportFlags extends QueryFlags {
  readonly config?: string
  readonly fields?: string
  readonly format?: FormatName
  readonly output?: string
  readonly resume?: boolean
  readonly overwrite?: boolean
  readonly partial?: boolean
  readonly formulaGuard: boolean
  readonly bom: boolean
  readonly separator?: string
  readonly timeZone?: string
  readonly json?: boolean
}

/** What is to be exported, how and where to. */
export interface ExportRequest {
  readonly config: string | undefined
  readonly query: ExportQuery
  readonly file: FileOptions
  /** Null: standard output. */
  readonly output: string | null
  readonly mode: TargetMode
  readonly partial: boolean
  readonly json: boolean
}

/**
 * @param phones how phone numbers are read
 * @param isTerminal whether standard output is one
 * @throws UsageError listing everything that is wrong with the flags.
 */
export function readExportRequest(
  flags: ExportFlags,
  phones: PhoneOptions,
  isTerminal: boolean,
): ExportRequest {
  const output = flags.output === undefined || flags.output === '-' ? null : flags.output
  const errors: string[] = []
  const format = flags.format ?? formatByEnding(output, FORMAT_NAMES, errors)
  errors.push(...outputErrors(flags, output, format), ...formatErrors(flags, format))
  if (output === null && isTerminal && !FORMATS[format].isText) {
    errors.push(`--format ${format} is not for a terminal: add --output FILE, or send it to a pipe`)
  }
  const separator = SEPARATORS.get(flags.separator ?? ',')
  if (separator === undefined) {
    errors.push(`--separator '${flags.separator}': expected ',' (a comma), ';' (a semicolon) or the word tab`)
  }
  const zone = flags.timeZone === undefined ? UTC : readTimeZone(flags.timeZone, errors)
  const request: ExportRequest = {
    config: flags.config,
    query: readQuery(flags, phones, errors, zone),
    file: {
      format,
      fields: readFields(flags.fields, errors),
      csv: {
        separator: separator ?? ',',
        bom: flags.bom && output !== null,
        keepTexts: flags.formulaGuard,
      },
      timeZone: zone.name,
    },
    output,
    mode: flags.resume === true ? 'resume' : flags.overwrite === true ? 'overwrite' : 'new',
    partial: flags.partial ?? false,
    json: flags.json ?? false,
  }
  if (errors.length > 0) throw new UsageError(errors)
  return request
}

function outputErrors(
  { resume = false, overwrite = false }: ExportFlags,
  output: string | null,
  format: FormatName,
): string[] {
  const errors: string[] = []
  if (resume && overwrite) errors.push('--resume continues and --overwrite starts again: choose one')
  if (resume && output === null) {
    errors.push('--resume needs --output FILE: an export to standard output cannot be continued')
  }
  if (resume && !FORMATS[format].resumable) {
    const { label } = FORMATS[format]
    errors.push(
      `--resume is for NDJSON and CSV: a file in ${label} cannot be continued. Run the command without it`,
    )
  }
  if (output === '') errors.push('--output: expected a file, found nothing')
  return errors
}

/** What is for another format than the one that is written. */
function formatErrors({ separator, timeZone, since, until }: ExportFlags, format: FormatName): string[] {
  const errors: string[] = []
  if (separator !== undefined && format !== 'csv') {
    errors.push('--separator is for CSV: add --format csv, or leave it out')
  }
  if (timeZone !== undefined && format !== 'xlsx' && since === undefined && until === undefined) {
    errors.push(
      '--time-zone is for --since and --until and for XLSX, the other formats have times in UTC: leave it out',
    )
  }
  return errors
}

/**
 * Reads phone numbers while the configuration, which names the country of national ones, is not open yet: mistakes in
 * the flags are reported before anything is opened.
 */
export const ANY_COUNTRY: PhoneOptions = {
  national: {
    country: 'of the configuration',
    isInternational: () => true,
    readNumber: () => '+10000000',
    readPrefix: () => '+1',
  },
}

/** What makes two exports the same: only then one can go on where the other ended. */
export function identityOf({ query, file: { fields, format, csv } }: ExportRequest): string {
  return JSON.stringify({ query, fields, format, csv: format === 'csv' ? csv : null })
}

function readFields(text: string | undefined, errors: string[]): readonly ExportFieldName[] {
  if (text === undefined) return DEFAULT_FIELDS
  const names = readFlag(
    () => '--fields',
    errors,
    () => parseFields(EXPORT_FIELDS_SCHEMA, text),
  )
  if (names?.length === 0) errors.push(`--fields: expected some of ${EXPORT_FIELD_NAMES.join(',')}`)
  return names ?? DEFAULT_FIELDS
}
