import type { IncomingMessage } from 'node:http'
import { type Refusal, refusal } from './admission.js'
import type { HeldBytes } from './held-bytes.js'

/** Smaller bodies are not counted: those of all connections together do not matter. In bytes. */
const SMALL = 4096

/** What a part of a body takes beside its bytes, which may be one: measured 800. */
const PART_BYTES = 1024

/** The bodies of a caller that arrive at the same time have too many bytes. */
export class BodiesHeld extends Error {
  readonly refusal: Refusal

  constructor(limit: number) {
    const why = refusal(
      429,
      `The bodies of your requests have more than ${limit} bytes together (a sixteenth of server.limits.maxHeldBytesPerCaller)`,
    )
    super(why.message)
    this.name = 'BodiesHeld'
    this.refusal = why
  }
}

/**
 * Counts a body as it arrives. A caller who sends many large ones over as many connections, and the end of none, would fill the
 * memory. One that is too many ends with an error of its stream, {@link BodiesHeld}.
 *
 * @param isAnswered whether what still arrives is thrown away
 */
export function holdBody(
  request: IncomingMessage,
  held: HeldBytes,
  { limit, isAnswered }: { readonly limit: number; readonly isAnswered: () => boolean },
): void {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers
  const isSmall = coding === undefined && Number(length ?? 0) < SMALL
  // Nobody reads the body of any other method.
  if (isSmall || request.method !== 'POST') return
  const count = (chunk: Buffer): void => {
    if (!isAnswered() && held.add(chunk.length + PART_BYTES)) return
    request.off('data', count)
    // Without a reader, the error would end the process.
    if (!isAnswered() && request.listenerCount('error') > 0) request.emit('error', new BodiesHeld(limit))
  }
  request.on('data', count)
}
