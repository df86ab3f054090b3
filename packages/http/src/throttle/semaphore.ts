/** Lets a fixed number in at once; the others wait in the order of their coming. */
export class Semaphore {
  readonly #size: number
  readonly #waiting = new Set<() => void>()
  #inside = 0

  constructor(size: number) {
    this.#size = size
  }

  /** How many are inside or waiting. */
  get load(): number {
    return this.#inside + this.#waiting.size
  }

  /** Each acquired place must be released. Rejects with the signal's reason when it aborts while waiting. */
  async acquire(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#inside < this.#size) {
      this.#inside += 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(admit)
        reject(signal.reason)
      }
      const admit = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      this.#waiting.add(admit)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Does something with a place. Rejects with the signal's reason when it aborts while waiting. */
  async use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.acquire(signal)
    try {
      return await work()
    } finally {
      this.release()
    }
  }

  release(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#inside -= 1
      return
    }
    // The place passes from hand to hand: set free in between, a newcomer could overtake the queue.
    this.#waiting.delete(next)
    next()
  }
}
