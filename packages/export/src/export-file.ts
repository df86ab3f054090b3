import type { FileOptions } from './format.js'
import { describeQuery } from './query.js'
import {
  BEGINNING,
  type ExportPoint,
  type ExportStart,
  type ReadJob,
  readMessages,
  type ReadPage,
} from './read/read-messages.js'
import { csv } from './text/csv.js'
import { ndjson } from './text/ndjson.js'
import { encodeText } from './text/text-format.js'

/** Which messages are written, and how. */
export interface ExportJob extends Omit<ReadJob, 'fields'> {
  readonly file: FileOptions
}

/** A piece of a file. */
export interface ExportChunk {
  readonly bytes: Uint8Array
  /**
   * How far reading came. Where the format is resumable, the file up to here has all messages up to this point and no
   * other, so that `exportFile` can go on from it.
   */
  readonly point: ExportPoint
}

/**
 * Writes messages as a file, piece by piece, each as it is asked for. The same messages give the same bytes, whenever and
 * wherever they are written. At any time only a page is kept, or for Parquet a row group.
 *
 * @param start where to go on; only of a resumable format
 * @throws whatever reading throws, see `Engine.messages`. What was written until then is no whole file of its format,
 *   except for NDJSON and CSV.
 *
 * @example
 * for await (const { bytes } of exportFile(job)) await file.write(bytes)
 */
export async function* exportFile(
  job: ExportJob,
  start: ExportStart = BEGINNING,
): AsyncGenerator<ExportChunk, void> {
  let point = (): ExportPoint => ({ ...start, total: null })
  const pages = async function* (): AsyncGenerator<ReadPage, void> {
    for await (const page of readMessages({ ...job, fields: job.file.fields }, start)) {
      point = page.point
      yield page
    }
  }
  for await (const bytes of encode(pages(), job, start)) yield { bytes, point: point() }
}

async function* encode(
  pages: AsyncIterable<ReadPage>,
  { query, file }: ExportJob,
  start: ExportStart,
): AsyncGenerator<Uint8Array, void> {
  const { format, fields } = file
  const isResumed = start.cursor !== null
  switch (format) {
    case 'ndjson':
      return yield* encodeText(pages, ndjson(fields))
    case 'csv': {
      const text = csv(fields, file.csv)
      return yield* encodeText(pages, isResumed ? { ...text, head: '' } : text)
    }
    // Both come with libraries that no other format needs.
    case 'parquet': {
      const { encodeParquet } = await import('./parquet/encode-parquet.js')
      return yield* encodeParquet(pages, { fields, query: describeQuery(query, fields) })
    }
    case 'xlsx': {
      const { encodeXlsx } = await import('./xlsx/encode-xlsx.js')
      return yield* encodeXlsx(pages, {
        fields,
        query: describeQuery(query, fields),
        timeZone: file.timeZone,
      })
    }
  }
}
