import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { ExportFieldName } from '../fields.js'
import { describeReport } from '../describe-report.js'
import type { DescribedQuery } from '../query.js'
import type { ReadPage } from '../read/read-messages.js'
import type { SourceSummary } from '../reports.js'
import { columnOf } from './column.js'
import { RowGroup } from './row-group.js'

interface ParquetOptions {
  readonly fields: readonly ExportFieldName[]
  /** Kept in the metadata of the file. */
  readonly query: DescribedQuery
}

/**
 * The bytes of a Parquet file: a chunk for each row group, then the footer. Its metadata has the query under
 * `waybill.query`, and under `waybill.reports` what was known of the sources in the end, both as JSON.
 */
export async function* encodeParquet(
  pages: AsyncIterable<ReadPage>,
  { fields, query }: ParquetOptions,
): AsyncGenerator<Uint8Array, void> {
  const columns = fields.map(columnOf)
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'messages', num_children: columns.length }, ...columns.flatMap(({ schema }) => schema)],
    createdBy: 'waybill',
  })
  let group = new RowGroup(columns)
  const flush = async (): Promise<Uint8Array> => {
    if (!group.isEmpty)
      await writer.write({ columnData: group.columnData, rowGroupSize: Number.MAX_SAFE_INTEGER })
    group = new RowGroup(columns)
    return take(bytes)
  }
  let reports: readonly SourceSummary[] = []
  for await (const { messages, point } of pages) {
    reports = point.reports
    for (const message of messages) {
      group.add(message)
      if (group.isFull) yield await flush()
    }
  }
  yield await flush()
  writer.kvMetadata = [
    { key: 'waybill.query', value: JSON.stringify(query) },
    { key: 'waybill.reports', value: JSON.stringify(reports.map(describeReport)) },
  ]
  await writer.finish()
  yield take(bytes)
}

/** What was written since the last time. The offsets of the file go on. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.getBuffer())
  writer.index = 0
  return bytes
}
