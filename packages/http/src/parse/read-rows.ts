import type { RejectedRow } from '@waybill/core'
import * as z from 'zod/mini'
import type { PartReading } from './read-part.js'
import { recordIdSchema } from './schemas.js'

/** How the rows of one list are read. */
export interface RowReader<Row> {
  /** The place of the list in the answer: `data`; empty for the whole. */
  readonly at: string
  /** Reads one row; `at` is its place: `data[3]`. */
  readonly read: (item: unknown, at: string) => PartReading<Row>
  /** The id of a row that could be read. */
  readonly idOf: (row: Row) => string
  /** The id of a row that could not be read; it is checked as a record's id. */
  readonly idIn: (item: unknown) => unknown
}

/** The rows of a list. */
export interface Rows<Row> {
  /** Those that could be read, in their order. */
  readonly rows: Row[]
  /** The others. */
  readonly rejected: RejectedRow[]
}

/**
 * Reads every row by itself, so that one which cannot be read stops no other. Of rows with the same id the first is
 * taken and the others are set aside: which of them is right cannot be known, and the list must not repeat an id.
 *
 * @example readRows(body.data, { at: 'data', read: readItem, idOf: ({ upstreamId }) => upstreamId, idIn: ({ id }) => id })
 */
export function readRows<Row>(items: readonly unknown[], reader: RowReader<Row>): Rows<Row> {
  const rows: Row[] = []
  const rejected: RejectedRow[] = []
  const positions = new Map<string, number>()
  for (const [position, raw] of items.entries()) {
    const at = `${reader.at}[${position}]`
    const reading = reader.read(raw, at)
    if (!reading.ok) {
      rejected.push({ position, upstreamId: readableId(reader.idIn(raw)), reason: reading.reason, raw })
      continue
    }
    const upstreamId = reader.idOf(reading.value)
    const first = positions.get(upstreamId)
    if (first === undefined) {
      positions.set(upstreamId, position)
      rows.push(reading.value)
    } else {
      rejected.push({ position, upstreamId, reason: `${at}: repeats the id of row ${first}`, raw })
    }
  }
  return { rows, rejected }
}

function readableId(value: unknown): string | null {
  const { success, data } = z.safeParse(recordIdSchema, value)
  return success ? data : null
}
