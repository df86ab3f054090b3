import { WaybillError } from '@waybill/core'
import type { ServerLimits } from '@waybill/runtime'

/** What bounds the arrival of a log. */
export type LogLimits = Pick<ServerLimits, 'maxLogBytes' | 'requestSeconds'>

/** A log does not arrive any more, or too slowly. */
export class LogStalled extends WaybillError {
  constructor(seconds: number) {
    super(
      'BAD_USER_INPUT',
      `The log arrived too slowly: for ${seconds} s, at fewer than ${SLOWEST} bytes a second. ` +
        'Send it again over a faster connection, or in parts, divided by time.',
    )
    this.name = 'LogStalled'
  }
}

/** Whoever sends a few bytes now and then would hold a place for ever. In bytes a second. */
const SLOWEST = 256

/**
 * The body of a request, as it arrives. However long it takes as a whole, it has to make progress: only the time in which
 * the server waits for the client counts.
 *
 * @throws WaybillError QUERY_TOO_EXPENSIVE for a body that is too large; LogStalled.
 */
export async function* readLogBody(
  { body, headers }: Pick<Request, 'body' | 'headers'>,
  { maxLogBytes, requestSeconds }: LogLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return
  const reader = body.getReader()
  const progress = new Progress(requestSeconds)
  let bytes = 0
  try {
    if (Number(headers.get('content-length') ?? 0) > maxLogBytes) throw tooLarge(maxLogBytes)
    for (;;) {
      const { done, value } = await progress.next(reader.read())
      if (done) return
      bytes += value.byteLength
      if (bytes > maxLogBytes) throw tooLarge(maxLogBytes)
      yield value
    }
  } finally {
    // Many clients read an answer only when they have sent everything.
    void readToEnd(reader)
  }
}

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The connection has ended.
  }
}

type Part = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>

/** Measures what arrives in each span of waiting. */
class Progress {
  readonly #seconds: number
  #waitedMs = 0
  #bytes = 0

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  /** @throws LogStalled */
  async next(coming: Promise<Part>): Promise<Part> {
    const begunAt = performance.now()
    const part = await this.#orStalled(coming)
    this.#waitedMs += performance.now() - begunAt
    this.#bytes += part.value?.byteLength ?? 0
    if (this.#bytes >= this.#seconds * SLOWEST) {
      this.#waitedMs = 0
      this.#bytes = 0
    }
    return part
  }

  async #orStalled(coming: Promise<Part>): Promise<Part> {
    const { promise, reject } = Promise.withResolvers<never>()
    const leftMs = this.#seconds * 1000 - this.#waitedMs
    const timer = setTimeout(() => reject(new LogStalled(this.#seconds)), leftMs)
    try {
      return await Promise.race([coming, promise])
    } finally {
      clearTimeout(timer)
    }
  }
}

function tooLarge(maxLogBytes: number): WaybillError {
  return new WaybillError(
    'QUERY_TOO_EXPENSIVE',
    `A log may have at most ${maxLogBytes} bytes (server.limits.maxLogBytes). Divide it by time.`,
  )
}
