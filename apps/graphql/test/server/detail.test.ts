import { UpstreamError } from '@waybill/core'
import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { startHarness } from './support/harness.js'
import { messages } from './support/message.js'

test('the detail of every message is fetched once, though it is selected twice', async () => {
  const provider = arrayProvider({ messages: messages(20) })
  const { ask } = await startHarness({ sources: [sourceOf('a', provider)] })
  const { data, errors } = await ask(
    '{ messages { nodes { detail { statusMessage readAt } } edges { node { detail { staffId } } } } again: messages { nodes { detail { replyToId } } } }',
  )
  expect(errors).toEqual([])
  expect(data?.['messages']).toMatchObject({
    nodes: messages(20).map(({ upstreamId }) => ({ detail: { statusMessage: `status of ${upstreamId}` } })),
  })
  expect(provider.lookups.toSorted()).toEqual(
    messages(20)
      .map(({ upstreamId }) => upstreamId)
      .toSorted(),
  )
})

test('few requests are under way at once', async () => {
  let running = 0
  let most = 0
  const before = async (): Promise<void> => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
  }
  const provider = arrayProvider({ messages: messages(50), before })
  const { ask } = await startHarness({ sources: [sourceOf('a', provider)] })
  await ask('{ messages(first: 50) { nodes { detail { readAt } } } }')
  expect(provider.lookups).toHaveLength(50)
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(8)
})

test('no detail is fetched unless it is selected', async () => {
  const provider = arrayProvider({ messages: messages(5) })
  const { ask } = await startHarness({ sources: [sourceOf('a', provider)] })
  await ask('query ($no: Boolean = false) { messages { nodes { id detail @include(if: $no) { readAt } } } }')
  expect(provider.lookups).toEqual([])
})

test('a detail that cannot be had is null with an error, and the others are there', async () => {
  const broken = new UpstreamError('UPSTREAM_TIMEOUT', 'Source "a" is slow.', { source: 'a' })
  let calls = 0
  const before = (): Promise<void> => (++calls === 2 ? Promise.reject(broken) : Promise.resolve())
  const { ask } = await startHarness({
    sources: [sourceOf('a', arrayProvider({ messages: messages(2), before }))],
  })
  const { data, errors } = await ask('{ messages { nodes { upstreamId detail { statusMessage } } } }')
  expect(data).toEqual({
    messages: {
      nodes: [
        { upstreamId: '1', detail: null },
        { upstreamId: '2', detail: { statusMessage: 'status of 2' } },
      ],
    },
  })
  expect(errors).toMatchObject([
    { path: ['messages', 'nodes', 0, 'detail'], extensions: { code: 'UPSTREAM_TIMEOUT', source: 'a' } },
  ])
})

test('details count towards maxUpstreamRequests', async () => {
  const provider = arrayProvider({ messages: messages(5) })
  const { ask } = await startHarness({ sources: [sourceOf('a', provider)] })
  const { data, errors } = await ask(
    '{ messages(maxUpstreamRequests: 3) { nodes { upstreamId detail { statusMessage } } sources { upstreamRequests } } }',
  )
  expect(data?.['messages']).toMatchObject({ sources: [{ upstreamRequests: 1 }] })
  expect(provider.requests.length + provider.lookups.length).toBe(3)
  expect(errors).toHaveLength(3)
  expect(errors[0]).toMatchObject({
    message: 'maxUpstreamRequests is spent. Raise it, or select `detail` of fewer messages.',
    extensions: { code: 'QUERY_TOO_EXPENSIVE' },
  })
})
