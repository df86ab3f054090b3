/** A response came, and its body as far as wanted. */
export interface Answer {
  readonly kind: 'answer'
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly body: BodyRead
}

/** No response came, or it broke off. */
export interface Fault {
  /** `timeout`: the time for one request was up. `network`: `error` has the cause. */
  readonly kind: 'timeout' | 'network'
  /** Whether the response had begun. */
  readonly begun: boolean
  readonly error: unknown
}

/** What could be read of a body, and how reading ended. */
export interface BodyRead {
  readonly bytes: Uint8Array
  /** `too-long`: the limit was passed and the rest refused. `broken`: the stream failed with `error`. */
  readonly end: 'complete' | 'too-long' | 'broken'
  readonly error?: unknown
}

/**
 * Reads at most `maxBytes`, counted after decompression, whatever the headers promise. It always leaves the body
 * read to its end or cancelled: only then does `fetch` let go of the socket.
 */
export async function readBody(response: Response, maxBytes: number): Promise<BodyRead> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader()
  try {
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      length += part.value.byteLength
      chunks.push(part.value)
      if (length <= maxBytes) continue
      void reader?.cancel().catch(() => undefined)
      return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), end: 'too-long' }
    }
    return { bytes: Buffer.concat(chunks), end: 'complete' }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), end: 'broken', error }
  }
}
