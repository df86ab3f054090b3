import type { KeyValue, SchemaElement } from 'hyparquet-writer'
import type { ExportFieldName } from '../fields.js'
import { describeReport } from '../describe-report.js'
import type { DescribedQuery } from '../query.js'
import type { ReadPage } from '../read/read-messages.js'
import type { SourceSummary } from '../reports.js'
import { type Column, columnOf } from './column.js'
import { createGroupWriter, type PackedColumn } from './group-writer.js'
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
  const groups = new RowGroups(pages, columns)
  const started: ThreadedWriter[] = []
  const threadOf = (): ThreadedWriter => {
    const thread = started[0] ?? startWriterThread(schema)
    started[0] = thread
    return thread
  }
  try {
    yield* encodeFull(groups, threadOf)
    const writer = started[0] ?? createGroupWriter(schema)
    if (!groups.rest.isEmpty) yield await writer.group(groups.rest.take())
    yield await writer.footer(metadataOf(query, groups.reports))
  } finally {
    await started[0]?.close()
  }
}

/** The bytes of the row groups that are full, each encoded while the next one is read; also of those before a failure. */
async function* encodeFull(
  groups: RowGroups,
  threadOf: () => ThreadedWriter,
): AsyncGenerator<Uint8Array, void> {
  let encoding: Promise<Uint8Array> | null = null
  try {
    for await (const columns of groups.full()) {
      const before: Promise<Uint8Array> | null = encoding
      encoding = null
      if (before !== null) yield await before
      encoding = threadOf().group(columns)
      // Awaited with the next group, or not at all.
      encoding.catch(() => undefined)
    }
  } finally {
    if (encoding !== null) yield await encoding
  }
}

/** The messages of all pages in row groups. */
class RowGroups {
  /** What was known of the sources with the last page. */
  reports: readonly SourceSummary[] = []
  /** The row group that is not full yet; in the end the last one. */
  readonly rest: RowGroup
  readonly #pages: AsyncIterable<ReadPage>

  constructor(pages: AsyncIterable<ReadPage>, columns: readonly Column[]) {
    this.#pages = pages
    this.rest = new RowGroup(columns)
  }

  async *full(): AsyncGenerator<readonly PackedColumn[], void> {
    for await (const { messages, reports } of this.#pages) {
      this.reports = reports
      for (const message of messages) {
        this.rest.add(message)
        if (this.rest.isFull) yield this.rest.take()
      }
    }
  }
}

function metadataOf(query: DescribedQuery, reports: readonly SourceSummary[]): KeyValue[] {
  return [
    { key: 'waybill.query', value: JSON.stringify(query) },
    { key: 'waybill.reports', value: JSON.stringify(reports.map(describeReport)) },
  ]
}
