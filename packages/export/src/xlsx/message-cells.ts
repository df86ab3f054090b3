import { EXPORT_FIELDS, type ExportedMessage, type ExportFieldName, jsonReaderOf } from '../fields.js'
import type { Cell } from './sheet-writer.js'

/** What a message has in the cells of its row. */
export function messageCells(fields: readonly ExportFieldName[], message: ExportedMessage): readonly Cell[] {
  return fields.map((name) => cellOf(name, message))
}

function cellOf(name: ExportFieldName, message: ExportedMessage): Cell {
  const field = EXPORT_FIELDS[name]
  switch (field.kind) {
    case 'text':
    case 'boolean':
      return field.value(message)
    case 'time': {
      const time = field.value(message)
      return time === null ? null : new Date(time)
    }
    case 'history':
    case 'json':
      return JSON.stringify(jsonReaderOf(name)(message)) ?? null
  }
}

/** How wide a column is, in characters. */
export function widthOf(name: ExportFieldName): number {
  const { kind } = EXPORT_FIELDS[name]
  if (kind === 'time') return 20
  return name === 'text' || kind === 'json' ? 60 : 18
}
