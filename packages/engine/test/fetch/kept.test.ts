import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setImmediate } from 'node:timers/promises'
import type { MessageProvider } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'
import { traverse } from '../support/traverse.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const ROWS = Array.from({ length: 1000 }, (_, index) => ({
  upstreamId: String(index),
  sentAt: index,
  from: 'somebody',
}))

/** A provider that makes a message anew each time that it lists it, and how many of all those are still in memory. */
function countedProvider(): { readonly provider: MessageProvider; readonly alive: () => Promise<number> } {
  const { provider } = memoryProvider(ROWS, {
    from: { domain: { kind: 'text', nullable: true }, operators: { ne: 'exact' } },
  })
  const made: WeakRef<object>[] = []
  const list: MessageProvider['list'] = async (request, call) => {
    const result = await provider.list(request, call)
    const messages = result.messages.map((message) => ({ ...message }))
    made.push(...messages.map((message) => new WeakRef(message)))
    return { ...result, messages }
  }
  const alive = async (): Promise<number> => {
    let fewest = made.length
    // A collection may spare what a frame that has just ended, or a reference that was just read, still holds.
    // What is kept on purpose survives every one of them.
    for (let turn = 0; turn < 10; turn += 1) {
      await setImmediate()
      collectGarbage()
      fewest = Math.min(fewest, made.filter((each) => each.deref() !== undefined).length)
    }
    return fewest
  }
  return { provider: { ...provider, list }, alive }
}

it.each([100, 2500])(
  'keeps no more than %i messages of sixty-four traversals of different lists at once',
  async (maxMessages) => {
    const { provider, alive } = countedProvider()
    const engine = createEngine({ sources: [{ id: 'memory', provider }], keep: { maxMessages } })
    await Promise.all(
      Array.from({ length: 64 }, async (_each, index) => {
        const { rows } = await traverse(engine, {
          filter: [where('from', 'ne', `nobody ${index}`)],
          first: 100,
        })
        expect(rows).toHaveLength(ROWS.length)
      }),
    )
    const kept = await alive()
    expect(kept).toBeLessThanOrEqual(maxMessages)
    // It does keep what it may, but for what another page would not fit into.
    expect(kept).toBeGreaterThanOrEqual(maxMessages - 150)
  },
)
