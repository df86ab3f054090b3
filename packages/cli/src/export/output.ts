import { once } from 'node:events'
import { open, type FileHandle } from 'node:fs/promises'
import type { Writable } from 'node:stream'

/** Where an export goes. */
export interface ExportOutput {
  /** How many bytes it has. */
  readonly bytes: number
  write(bytes: Uint8Array): Promise<void>
  /** Resolves once everything written survives the end of this process and of the machine. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Writes into a file.
 * @param keep how much of the file stays; null: the file must not be there yet.
 * @throws the system's error; EEXIST where the file is there and should not be.
 */
export async function openFile(path: string, keep: number | null): Promise<ExportOutput> {
  const file = await open(path, keep === null ? 'wx' : 'r+')
  if (keep !== null) await file.truncate(keep)
  return new FileOutput(file, keep ?? 0)
}

class FileOutput implements ExportOutput {
  readonly #file: FileHandle
  #bytes: number

  constructor(file: FileHandle, bytes: number) {
    this.#file = file
    this.#bytes = bytes
  }

  get bytes(): number {
    return this.#bytes
  }

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes
    while (rest.length > 0) {
      const { bytesWritten } = await this.#file.write(rest, 0, rest.length, this.#bytes)
      this.#bytes += bytesWritten
      rest = rest.subarray(bytesWritten)
    }
  }

  flush(): Promise<void> {
    return this.#file.datasync()
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/**
 * Writes to a stream, no faster than it takes it.
 *
 * @param signal aborted where the stream cannot be written any more: a write then rejects with its reason
 */
export function streamOutput(stream: Writable, signal: AbortSignal): ExportOutput {
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    write: async (chunk) => {
      signal.throwIfAborted()
      bytes += chunk.length
      if (stream.write(chunk)) return
      await once(stream, 'drain', { signal }).catch((error: unknown) => {
        signal.throwIfAborted()
        throw error
      })
    },
    flush: async () => undefined,
    close: async () => undefined,
  }
}
