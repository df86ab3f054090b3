import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SchemaElement } from 'hyparquet-writer'
import type { GroupWriter, PackedColumn, WriterRequest, WriterThread } from './group-writer.js'

/** A writer in a thread of its own: what it encodes keeps nobody else waiting, and the next group is collected meanwhile. */
export interface ThreadedWriter extends GroupWriter {
  close(): Promise<void>
}

/** Compiled, or as it is written. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? 'group-writer.ts' : 'group-writer.js',
  import.meta.url,
)

export function startWriterThread(schema: readonly SchemaElement[]): ThreadedWriter {
  const data: WriterThread = { waybillParquetSchema: schema }
  const thread = new Worker(PROGRAM, { workerData: data })
  const request = async (asked: WriterRequest, buffers: readonly ArrayBuffer[] = []): Promise<Uint8Array> => {
    thread.postMessage(asked, buffers)
    // Rejects where the thread ends with an error.
    const [answer] = (await once(thread, 'message')) as [Uint8Array | { readonly failed: string }]
    if ('failed' in answer) throw new Error(`A row group could not be written: ${answer.failed}`)
    return answer
  }
  return {
    group: (columns) => request({ columns }, columns.flatMap(buffersOf)),
    footer: (metadata) => request({ metadata }),
    close: async () => void (await thread.terminate()),
  }
}

/** What is taken over rather than copied. */
function buffersOf(column: PackedColumn): ArrayBuffer[] {
  return 'values' in column ? [] : [column.codes.buffer, column.bytes.buffer, column.ends.buffer]
}
