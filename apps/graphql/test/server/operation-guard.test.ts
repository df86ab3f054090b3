import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { createOperationGuard } from '../../src/server/limits/operation-guard.js'
import { NOTHING_HELD } from '../../src/server/limits/held-bytes.js'
import { createTurns } from '../../src/server/limits/turns.js'

test('an operation leaves nothing behind at a client who has many of them, such as the events of a subscription', async () => {
  const client = new AbortController().signal
  const turnOf = createTurns()
  for (let event = 0; event < 5; event += 1) {
    const turn = turnOf('caller')
    const guard = createOperationGuard({
      limits: { operationSeconds: 1, maxAnswerBytes: 100, maxHeldBytesPerCaller: 100 },
      held: NOTHING_HELD,
      client,
      turn,
    })
    expect(await guard.run(() => event)).toBe(event)
  }
  expect(getEventListeners(client, 'abort')).toEqual([])
})
