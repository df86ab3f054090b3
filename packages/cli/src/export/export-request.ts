import { defineFieldsSchema, parseFields, type PhoneOptions } from '@waybill/core'
import { UsageError } from '../usage-error.js'
import { DEFAULT_FIELDS, EXPORT_FIELD_NAMES, type ExportFieldName } from './fields.js'
import { readFlag } from './read-flag.js'
import { formatOf, type FormatName } from './formats/create-format.js'
import { type ExportQuery, type QueryFlags, readQuery } from './query.js'
import type { TargetMode } from './target.js'

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
  readonly guardFormulas: boolean
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
    errors.push('--resume goes on and --overwrite begins again: choose one')
  }
  if (flags.resume === true && output === null) {
    errors.push('--resume needs --output FILE: what went to standard output cannot be gone on with')
  }
  if (output === '') errors.push('--output: expected a file, found nothing')
  const request: ExportRequest = {
    config: flags.config,
    sources: flags.source,
    query: readQuery(flags, phones, errors),
    fields: readFields(flags.fields, errors),
    format: flags.format ?? formatOf(output),
    guardFormulas: flags.formulaGuard,
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
export function identityOf({ query, fields, format, guardFormulas }: ExportRequest): string {
  return JSON.stringify({ query, fields, format, guardFormulas: format === 'csv' && guardFormulas })
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
