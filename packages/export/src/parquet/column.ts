import type { ColumnSource, SchemaElement } from 'hyparquet-writer'
import { type ExportedMessage, EXPORT_FIELDS, type ExportField, type ExportFieldName } from '../fields.js'

/** A column of a Parquet file: its schema, and the value that a message has in it. */
export interface Column {
  readonly name: string
  /** The column, then what is inside it, in preorder. */
  readonly schema: readonly SchemaElement[]
  /** Whether the values are texts. */
  readonly isText: boolean
  /** How values are encoded; `auto`: with a dictionary where values repeat, which costs a look at all of them. */
  readonly encoding: 'auto' | NonNullable<ColumnSource['encoding']>
  valueOf(message: ExportedMessage): unknown
}

/**
 * Texts are UTF-8 strings, times are `TIMESTAMP` in milliseconds and UTC, `isRead` is a boolean, `statusHistory` a list of
 * structs, and `raw` a string of JSON, which every reader knows, in the digits that the upstream sent.
 */
export function columnOf(name: ExportFieldName): Column {
  const field = EXPORT_FIELDS[name]
  const encoding = UNIQUE.has(name) ? 'PLAIN' : 'auto'
  const isText = field.kind === 'text' || field.kind === 'json'
  return { name, schema: schemaOf(name, field), isText, encoding, valueOf: readerOf(field) }
}

/** Every message has its own. */
const UNIQUE: ReadonlySet<ExportFieldName> = new Set(['upstreamId', 'whatsappId'])

function schemaOf(name: string, { kind, required = false }: ExportField): readonly SchemaElement[] {
  const repetition_type = required ? 'REQUIRED' : 'OPTIONAL'
  switch (kind) {
    case 'text':
    case 'json':
      return [{ name, ...STRING, repetition_type }]
    case 'time':
      return [{ name, ...TIMESTAMP, repetition_type }]
    case 'boolean':
      return [{ name, type: 'BOOLEAN', repetition_type }]
    case 'history':
      return [
        { name, converted_type: 'LIST', logical_type: { type: 'LIST' }, repetition_type, num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'REQUIRED', num_children: 2 },
        { name: 'status', ...STRING, repetition_type: 'OPTIONAL' },
        { name: 'observedAt', ...TIMESTAMP, repetition_type: 'REQUIRED' },
      ]
  }
}

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const
const TIMESTAMP = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
} as const

function readerOf(field: ExportField): Column['valueOf'] {
  switch (field.kind) {
    case 'text':
    case 'boolean':
      return field.value
    case 'json':
      return (message) => JSON.stringify(field.value(message)) ?? null
    case 'time':
      return (message) => milliseconds(field.value(message))
    case 'history':
      return (message) =>
        field
          .value(message)
          .map(({ status, observedAt }) => ({ status, observedAt: milliseconds(observedAt) }))
  }
}

function milliseconds(time: number | null): number | null {
  return time === null ? null : Math.trunc(time)
}
