import type { CallOptions } from '@waybill/core'
import { BudgetSpent, type RequestBudget } from './budget.js'

/** Somebody who waits for a request. */
export interface Waiter {
  readonly budget: RequestBudget
  readonly signal: AbortSignal | undefined
}

/**
 * One upstream request under way for everybody who wants its answer. Each HTTP request is charged to the first who
 * still waits; when the last one goes away, the request is cancelled.
 */
export class SharedRequest<T> {
  readonly #source: string
  readonly #send: (call: CallOptions) => Promise<T>
  readonly #waiting = new Set<Waiter>()
  readonly #abort = new AbortController()
  #answer: Promise<T> | null = null

  constructor(source: string, send: (call: CallOptions) => Promise<T>) {
    this.#source = source
    this.#send = send
  }

  /** Whether one may still join: it was not cancelled. */
  get isOpen(): boolean {
    return !this.#abort.signal.aborted
  }

  async wait(waiter: Waiter): Promise<T> {
    this.#waiting.add(waiter)
    this.#answer ??= this.#start()
    const leave = (): void => this.#leave(waiter)
    waiter.signal?.addEventListener('abort', leave, { once: true })
    try {
      return await untilAborted(this.#answer, waiter.signal)
    } catch (error) {
      if (!(error instanceof BudgetSpent) || waiter.budget.isSpent) throw error
      // It was another one's budget that ended the request: go on with this one's.
      this.#answer = null
      return await this.wait(waiter)
    } finally {
      waiter.signal?.removeEventListener('abort', leave)
      this.#waiting.delete(waiter)
      // What a map has let go of may stay in a table that it had before, until the next full garbage collection.
      if (this.#waiting.size === 0) this.#answer = null
    }
  }

  #start(): Promise<T> {
    return this.#send({ signal: this.#abort.signal, beforeAttempt: () => this.#charge() })
  }

  #charge(): void {
    for (const { budget } of this.#waiting) {
      if (budget.isSpent) continue
      budget.spend(this.#source)
      return
    }
    throw new BudgetSpent()
  }

  #leave(waiter: Waiter): void {
    this.#waiting.delete(waiter)
    if (this.#waiting.size === 0) this.#abort.abort(waiter.signal?.reason)
  }
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
