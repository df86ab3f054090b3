/** After how many milliseconds a client that takes nothing is given up, where nobody says otherwise. */
export const MAX_IDLE_MS = 60_000

export interface BodyOptions {
  /** Ends the reading of what the chunks are made from. */
  readonly end: (reason: Error) => Promise<void>
  /** After how many milliseconds a client that takes nothing is given up. */
  readonly maxIdleMs: number
  /** Called once where the body ends early. */
  readonly onBroken: (error: unknown) => void
}

/** A client has taken nothing for too long. */
class IdleClient extends Error {
  constructor(maxIdleMs: number) {
    super(`The client has taken nothing for ${Math.round(maxIdleMs / 1000)} s.`)
    this.name = 'IdleClient'
  }
}

/**
 * A body that is made as the client takes it. A client that goes away, or takes nothing for long, ends the making. What
 * fails breaks the body off, so that HTTP shows that its end is missing.
 */
export function streamBody(
  chunks: AsyncGenerator<Uint8Array, void>,
  { end, maxIdleMs, onBroken }: BodyOptions,
): ReadableStream<Uint8Array> {
  let idle: NodeJS.Timeout | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        clearTimeout(idle)
        const next = await chunks.next().catch((error: unknown) => {
          onBroken(error)
          throw error
        })
        if (next.done === true) return controller.close()
        controller.enqueue(next.value)
        idle = setTimeout(() => {
          const error = new IdleClient(maxIdleMs)
          onBroken(error)
          controller.error(error)
          void end(error).catch(onBroken)
        }, maxIdleMs)
      },
      cancel: () => {
        clearTimeout(idle)
        return end(new DOMException('The client went away.', 'AbortError'))
      },
    },
    // A chunk is made when it is asked for, not before.
    { highWaterMark: 0 },
  )
}
