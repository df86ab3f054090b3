import type { KyInstance } from 'ky'
import type { ResolvedLimits } from '../options/limits.js'
import type { Deadline } from '../time/deadline.js'
import type { Permit } from '../traffic/permit.js'
import type { Answer, Fault } from './outcome.js'
import { readBody } from './read-body.js'

/** Of a failure's body, more is not worth reading. */
const MAX_ERROR_BODY_BYTES = 64 * 1024

/** One HTTP request and what came of it. */
export class Attempt {
  readonly deadline: Deadline
  readonly #limits: ResolvedLimits
  readonly #permit: Permit | undefined
  #status: number | null = null

  constructor(deadline: Deadline, limits: ResolvedLimits, permit: Permit | undefined) {
    this.deadline = deadline
    this.#limits = limits
    this.#permit = permit
  }

  /** Null until a response has begun. */
  get status(): number | null {
    return this.#status
  }

  /** Rejects only when the call as a whole has ended, with its reason. */
  async send(api: KyInstance, url: URL): Promise<Answer | Fault> {
    try {
      return await this.#exchange(api, url)
    } catch (error) {
      if (this.#cancelled) throw this.deadline.signal.reason
      const kind = this.deadline.signal.aborted ? 'timeout' : 'network'
      return { kind, begun: this.#status !== null, error }
    }
  }

  async #exchange(api: KyInstance, url: URL): Promise<Answer> {
    const response = await api.get(url, { signal: this.deadline.signal })
    const { status, headers, ok } = response
    this.#status = status
    this.#permit?.answered()
    const { maxBodyBytes } = this.#limits
    const body = await readBody(response, ok ? maxBodyBytes : Math.min(MAX_ERROR_BODY_BYTES, maxBodyBytes))
    // A failure's status says enough even when its body breaks off; a success without its end is none.
    if (body.end === 'broken' && (ok || this.#cancelled)) throw body.error
    return { kind: 'answer', url, status, headers, body }
  }

  /** Whether the call as a whole has ended, not only the time for this attempt. */
  get #cancelled(): boolean {
    const { signal, expiry } = this.deadline
    return signal.aborted && signal.reason !== expiry
  }
}
