import type { ExportFieldName } from './fields.js'
import type { CsvOptions } from './text/csv.js'

export type FormatName = 'ndjson' | 'csv' | 'xlsx' | 'parquet'

export interface FormatInfo {
  /** In words, for people. */
  readonly label: string
  /** What the names of such files end in, with the dot. */
  readonly extension: `.${FormatName}`
  /** For the header `Content-Type`. */
  readonly mediaType: string
  /** Whether an export that was interrupted can go on in the file. */
  readonly resumable: boolean
  /** Whether people can read it in a terminal. */
  readonly isText: boolean
}

export const FORMATS: Readonly<Record<FormatName, FormatInfo>> = {
  ndjson: {
    label: 'NDJSON',
    extension: '.ndjson',
    mediaType: 'application/x-ndjson; charset=utf-8',
    resumable: true,
    isText: true,
  },
  csv: {
    label: 'CSV',
    extension: '.csv',
    mediaType: 'text/csv; charset=utf-8; header=present',
    resumable: true,
    isText: true,
  },
  xlsx: {
    label: 'XLSX',
    extension: '.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    resumable: false,
    isText: false,
  },
  parquet: {
    label: 'Parquet',
    extension: '.parquet',
    mediaType: 'application/vnd.apache.parquet',
    resumable: false,
    isText: false,
  },
}

export const FORMAT_NAMES: readonly FormatName[] = Object.keys(FORMATS) as FormatName[]

/** How messages are written. */
export interface FileOptions {
  readonly format: FormatName
  /** What is written of each message, in this order. */
  readonly fields: readonly ExportFieldName[]
  /** What CSV is written like. */
  readonly csv: CsvOptions
  /** An IANA name: the zone that XLSX shows times in. All other formats have points in time. */
  readonly timeZone: string
}
