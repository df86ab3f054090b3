import { parentPort, workerData } from 'node:worker_threads'
import {
  ByteWriter,
  type ColumnSource,
  type KeyValue,
  ParquetWriter,
  type SchemaElement,
} from 'hyparquet-writer'

/** Writes a Parquet file, row group by row group. */
export interface GroupWriter {
  /** The bytes of the next row group. */
  group(columns: readonly PackedColumn[]): Promise<Uint8Array>
  /** The bytes of the footer. */
  footer(metadata: readonly KeyValue[]): Promise<Uint8Array>
}

/**
 * A column of a row group. Texts come in a few buffers, which another thread takes over without a copy: a code for each
 * message, which is 0 for null, the number from 1 on of a text in `known`, or {@link ELSEWHERE}: then the text is the next one
 * in `bytes`, up to the next of `ends`.
 */
export type PackedColumn = Pick<ColumnSource, 'name'> & {
  /** `auto`: with a dictionary where values repeat. */
  readonly encoding: 'auto' | NonNullable<ColumnSource['encoding']>
} & (
    | { readonly values: unknown[] }
    | {
        readonly codes: Uint8Array<ArrayBuffer>
        readonly known: readonly string[]
        /** UTF-8. */
        readonly bytes: Uint8Array<ArrayBuffer>
        readonly ends: Uint32Array<ArrayBuffer>
      }
  )

/** The code of a text that is in the bytes. */
export const ELSEWHERE = 255

/** @param schema the root and, in preorder, what is in it */
export function createGroupWriter(schema: readonly SchemaElement[]): GroupWriter {
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema: [...schema], createdBy: 'waybill' })
  // What was written since the last time. The offsets of the file go on.
  const take = (): Uint8Array => {
    const taken = new Uint8Array(bytes.getBuffer())
    bytes.index = 0
    return taken
  }
  return {
    group: async (columns) => {
      await writer.write({ columnData: columns.map(toSource), rowGroupSize: Number.MAX_SAFE_INTEGER })
      return take()
    },
    footer: async (metadata) => {
      writer.kvMetadata = [...metadata]
      await writer.finish()
      return take()
    },
  }
}

/** Its texts are made when the writer comes to the column: not those of all columns at once. */
function toSource(column: PackedColumn): ColumnSource {
  const { name, encoding } = column
  return {
    name,
    get data() {
      return 'values' in column ? column.values : textsOf(column)
    },
    ...(encoding === 'auto' ? {} : { encoding }),
  }
}

/** Where texts may stand in a dictionary, equal ones are looked for, which takes long with bytes. */
function textsOf({ codes, known, bytes, ends, encoding }: PackedTexts): (string | Uint8Array | null)[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const isText = encoding === 'auto'
  const texts: (string | Uint8Array | null)[] = []
  let next = 0
  let begin = 0
  // `Array.from` takes twice as long, and makes as much garbage as all else of a column.
  for (const code of codes) {
    if (code !== ELSEWHERE) {
      texts.push(code === 0 ? null : (known[code - 1] ?? null))
      continue
    }
    const end = ends[next] ?? begin
    // A part of the bytes themselves: one of the buffer would be another object.
    texts.push(isText ? all.toString('utf8', begin, end) : bytes.subarray(begin, end))
    next += 1
    begin = end
  }
  return texts
}

type PackedTexts = Extract<PackedColumn, { readonly codes: unknown }>

/** What the thread of {@link createGroupWriter} is started with. This file is its program too, and so imports no other. */
export interface WriterThread {
  readonly waybillParquetSchema: readonly SchemaElement[]
}

/** What is asked of the thread, one after the other. It answers each with bytes, or with `failed`. */
export type WriterRequest =
  | { readonly columns: readonly PackedColumn[] }
  | { readonly metadata: readonly KeyValue[] }

const { waybillParquetSchema: schema } = (workerData ?? {}) as Partial<WriterThread>
if (schema !== undefined && parentPort !== null) {
  const port = parentPort
  const writer = createGroupWriter(schema)
  port.on('message', (request: WriterRequest) => {
    const writing = 'columns' in request ? writer.group(request.columns) : writer.footer(request.metadata)
    writing.then(
      (bytes) => port.postMessage(bytes, [bytes.buffer as ArrayBuffer]),
      (error: unknown) => port.postMessage({ failed: String(error) }),
    )
  })
}
