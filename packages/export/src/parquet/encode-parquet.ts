import type { KeyValue, SchemaElement } from 'hyparquet-writer'
import type { ExportFieldName } from '../fields.js'
import { describeReport } from '../describe-report.js'
import type { DescribedQuery } from '../query.js'
import type { ReadPage } from '../read/read-messages.js'
import type { SourceSummary } from '../reports.js'
import { columnOf } from './column.js'
import { createGroupWriter } from './group-writer.js'
import { RowGroup } from './row-group.js'
import { startWriterThread, type ThreadedWriter } from './writer-thread.js'

interface ParquetOptions {
  readonly fields: readonly ExportFieldName[]
  /** Kept in the metadata of the file. */
  readonly query: DescribedQuery
}

/**
 * The bytes of a Parquet file: a chunk for each row group, then the footer. Its metadata has the query under
 * `waybill.query`, and under `waybill.reports` what was known of the sources in the end, both as JSON.
 *
 * Where there is more than one row group, a thread encodes them, each while the next one is read.
 */
export async function* encodeParquet(
  pages: AsyncIterable<ReadPage>,
  { fields, query }: ParquetOptions,
): AsyncGenerator<Uint8Array, void> {
  const columns = fields.map(columnOf)
  const schema: readonly SchemaElement[] = [
    { name: 'messages', num_children: columns.length },
    ...columns.flatMap((column) => column.schema),
  ]
  let thread: ThreadedWriter | null = null
  let group = new RowGroup(columns)
  let encoding: Promise<Uint8Array> | null = null
  let reports: readonly SourceSummary[] = []
  try {
    for await (const { messages, point } of pages) {
      reports = point.reports
      for (const message of messages) {
        group.add(message)
        if (!group.isFull) continue
        if (encoding !== null) yield await encoding
        thread ??= startWriterThread(schema)
        encoding = thread.group(group.columnData)
        // Awaited with the next group, or not at all.
        encoding.catch(() => undefined)
        group = new RowGroup(columns)
      }
    }
    if (encoding !== null) yield await encoding
    const writer = thread ?? createGroupWriter(schema)
    if (!group.isEmpty) yield await writer.group(group.columnData)
    yield await writer.footer(metadataOf(query, reports))
  } finally {
    await thread?.close()
  }
}

function metadataOf(query: DescribedQuery, reports: readonly SourceSummary[]): KeyValue[] {
  return [
    { key: 'waybill.query', value: JSON.stringify(query) },
    { key: 'waybill.reports', value: JSON.stringify(reports.map(describeReport)) },
  ]
}
