import { setTimeout as sleep } from 'node:timers/promises'

/** The reason of a {@link Deadline}'s signal when time ran out. Never leaves this package. */
class DeadlineExpired extends Error {}

/** How much is left until `endsAt`, both on the same clock; never negative. */
export function remainingMs(endsAt: number, now: number): number {
  return Math.max(0, endsAt - now)
}

/**
 * A span of time that starts now, with a signal that aborts at its end (reason: {@link Deadline.expiry}) or when
 * the parent aborts (reason: the parent's). {@link Deadline.stop} it, or the timer and the listener stay.
 */
export class Deadline {
  readonly expiry: DeadlineExpired = new DeadlineExpired()
  /** On the clock of `performance.now()`. */
  readonly endsAt: number
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #parent: AbortSignal | undefined
  readonly #follow = (): void => this.#controller.abort(this.#parent?.reason)

  constructor(ms: number, parent?: AbortSignal) {
    this.endsAt = performance.now() + ms
    this.#parent = parent
    this.#timer = setTimeout(() => this.#controller.abort(this.expiry), ms)
    if (parent?.aborted) this.#follow()
    else parent?.addEventListener('abort', this.#follow, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#parent?.removeEventListener('abort', this.#follow)
  }
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export async function delay(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal })
  } catch {
    // Node rejects with an AbortError of its own.
    throw signal.reason
  }
}

/** Whole seconds, rounded up: one who waits that long does not come too early. */
export function toSeconds(ms: number): number {
  return Math.ceil(ms / 1000)
}
