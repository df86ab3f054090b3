import { type SingleMessage, UpstreamError } from '@waybill/core'
import type { EngineSource } from '../engine.js'
import { attributed } from './checked-list.js'
import { SharedRequest, type Waiter } from './shared-request.js'

/** Asks for single messages, and shares equal requests that are under way. Keeps nothing. */
export class MessageRequests {
  readonly #underWay = new Map<string, SharedRequest<SingleMessage | null>>()

  /**
   * @returns null when there is no such message, or the source has no endpoint for one
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async get(source: EngineSource, id: string, waiter: Waiter): Promise<SingleMessage | null> {
    waiter.signal?.throwIfAborted()
    return this.#join(source, id).wait(waiter)
  }

  #join(source: EngineSource, id: string): SharedRequest<SingleMessage | null> {
    const key = JSON.stringify([source.id, id])
    const underWay = this.#underWay.get(key)
    if (underWay?.isOpen === true) return underWay
    const shared = new SharedRequest(source.id, async (call) => {
      try {
        const single = await attributed(
          source,
          'get',
          call,
          async () => (await source.provider.get?.(id, call)) ?? null,
        )
        checkId(source, id, single)
        return single
      } finally {
        if (this.#underWay.get(key) === shared) this.#underWay.delete(key)
      }
    })
    this.#underWay.set(key, shared)
    return shared
  }
}

function checkId(source: EngineSource, id: string, single: SingleMessage | null): void {
  const given = single?.message?.upstreamId
  if (given === undefined || given === id) return
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `Source "${source.id}" answered with another message than the requested one.`,
    { source: source.id },
  )
}
