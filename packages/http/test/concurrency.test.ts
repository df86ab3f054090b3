import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { startServer, type Handler } from './support/start-server.js'

/** Keeps every response open until it is let go. */
function gate(): { handler: Handler; open: ServerResponse[] } {
  const open: ServerResponse[] = []
  return { open, handler: (_request, response) => open.push(response) }
}

test.each([
  [undefined, 4],
  [1, 1],
  [2, 2],
])(
  'with concurrency %s, %i requests are under way at once, in the order of the calls',
  async (concurrency, most) => {
    const { handler, open } = gate()
    const server = await startServer(handler)
    const client = connect(server, { limits: { concurrency } })
    const calls = Array.from({ length: 7 }, (_, index) => client.getJson(`messages/${index}`))
    for (let answered = 0; answered < calls.length; answered += 1) {
      await server.received(Math.min(answered + most, calls.length))
      expect(open.length - answered).toBeLessThanOrEqual(most)
      open[answered]?.end(String(answered))
      await calls[ordinal(server.requests[answered]?.url)]
    }
    const order = server.requests.map((request) => ordinal(request.url))
    expect(order.slice(most)).toEqual([0, 1, 2, 3, 4, 5, 6].slice(most))
    expect(await Promise.all(calls)).toHaveLength(7)
  },
)

function ordinal(url = ''): number {
  return Number(url.split('/').at(-1))
}

test('a call that is aborted while it waits leaves the queue, and the next one moves up', async () => {
  const { handler, open } = gate()
  const server = await startServer(handler)
  const client = connect(server, { limits: { concurrency: 1 } })
  const first = client.getJson('messages/0')
  const controller = new AbortController()
  const second = client.getJson('messages/1', { signal: controller.signal })
  const third = client.getJson('messages/2')
  const reason = new Error('no longer wanted')
  controller.abort(reason)
  await expect(second).rejects.toBe(reason)
  await server.received(1)
  open[0]?.end('0')
  await server.received(2)
  open[1]?.end('2')
  expect(await Promise.all([first, third])).toEqual([0, 2])
  expect(server.requests.map((request) => ordinal(request.url))).toEqual([0, 2])
})

test('waiting for a place counts against the total budget', async () => {
  const { handler, open } = gate()
  const server = await startServer(handler)
  const limits = { concurrency: 1, totalTimeoutMs: 1000 }
  const client = connect(server, { limits })
  const errors = await Promise.all([upstreamError(client.getJson('a')), upstreamError(client.getJson('b'))])
  expect(errors.map((error) => error.code)).toEqual(['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT'])
  expect(open.length).toBeGreaterThan(0)
})
