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
  group(columns: readonly ColumnSource[]): Promise<Uint8Array>
  /** The bytes of the footer. */
  footer(metadata: readonly KeyValue[]): Promise<Uint8Array>
}

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
      await writer.write({ columnData: [...columns], rowGroupSize: Number.MAX_SAFE_INTEGER })
      return take()
    },
    footer: async (metadata) => {
      writer.kvMetadata = [...metadata]
      await writer.finish()
      return take()
    },
  }
}

/** What the thread of {@link createGroupWriter} is started with. This file is its program too, and so imports no other. */
export interface WriterThread {
  readonly waybillParquetSchema: readonly SchemaElement[]
}

/** What is asked of the thread, one after the other. It answers each with bytes, or with `failed`. */
export type WriterRequest =
  | { readonly columns: readonly ColumnSource[] }
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
