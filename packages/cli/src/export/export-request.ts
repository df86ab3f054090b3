import { defineFieldsSchema, parseFields, type PhoneOptions } from '@waybill/core'
import {
  type CsvOptions,
  DEFAULT_FIELDS,
  EXPORT_FIELD_NAMES,
  type ExportFieldName,
  type ExportQuery,
  formatOf,
  type FormatName,
} from '@waybill/export'
import { UsageError } from '../command/context.js'
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
  readonly json?: boolean
}

/** What is to be exported, how and where to. */
export interface ExportRequest {
  readonly config: string | undefined
  /** Sources that were asked for by id; none: all. */
  readonly sources: readonly string[]
  readonly query: ExportQuery
  readonly fields: readonly ExportFieldName[]
  readonly format: FormatName
  readonly csv: CsvOptions
  /** Null: standard output. */
  readonly output: string | null
  readonly mode: TargetMode
  readonly partial: boolean
  readonly json: boolean
}

/**
 * @param phones how phone numbers are read
 * @throws UsageError listing everything that is wrong with the flags.
 */
export function readExportRequest(flags: ExportFlags, phones: PhoneOptions): ExportRequest {
  const errors: string[] = []
  const output = flags.output === undefined || flags.output === '-' ? null : flags.output
  if (flags.resume === true && flags.overwrite === true) {
    errors.push('--resume continues and --overwrite starts again: choose one')
  }
  if (flags.resume === true && output === null) {
    errors.push('--resume needs --output FILE: an export to standard output cannot be continued')
  }
  if (output === '') errors.push('--output: expected a file, found nothing')
  const format = flags.format ?? formatOf(output)
  if (flags.separator !== undefined && format !== 'csv') {
    errors.push('--separator is for CSV: add --format csv, or leave it out')
  }
  const separator = SEPARATORS.get(flags.separator ?? ',')
  if (separator === undefined) {
    errors.push(`--separator '${flags.separator}': expected ',' (a comma), ';' (a semicolon) or the word tab`)
  }
  const request: ExportRequest = {
    config: flags.config,
    sources: flags.source,
    query: readQuery(flags, phones, errors),
    fields: readFields(flags.fields, errors),
    format,
    csv: {
      separator: separator ?? ',',
      bom: flags.bom && output !== null,
      keepTexts: flags.formulaGuard,
    },
    output,
    mode: flags.resume === true ? 'resume' : flags.overwrite === true ? 'overwrite' : 'new',
    partial: flags.partial ?? false,
    json: flags.json ?? false,
  }
  if (errors.length > 0) throw new UsageError(errors)
  return request
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
export function identityOf({ query, fields, format, csv }: ExportRequest): string {
  return JSON.stringify({ query, fields, format, csv: format === 'csv' ? csv : null })
}

const FIELDS_SCHEMA = defineFieldsSchema(EXPORT_FIELD_NAMES)

function readFields(text: string | undefined, errors: string[]): readonly ExportFieldName[] {
  if (text === undefined) return DEFAULT_FIELDS
  const names = readFlag(
    () => '--fields',
    errors,
    () => parseFields(FIELDS_SCHEMA, text),
  )
  if (names?.length === 0) errors.push(`--fields: expected some of ${EXPORT_FIELD_NAMES.join(',')}`)
  return names ?? DEFAULT_FIELDS
}
