import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { startUpstreams, type Upstreams } from './support/upstreams.js'

const END = Date.parse('2026-04-24T12:00:00Z')
const SPAN = { endAt: END, spanMs: 86_400_000 }

const LIST = `query ($policy: SourceErrorPolicy!, $after: String) {
  messages(first: 30, onSourceError: $policy, after: $after) {
    nodes { source { key } }
    pageInfo { hasNextPage endCursor }
    sources { source { key } outcome completeness error { code message retryAfterSeconds } }
  }
}`

async function start(): Promise<Upstreams> {
  return startUpstreams({
    octopods: { rows: generateOctopodsRows({ count: 40, seed: 1, ...SPAN }) },
    wacr: { rows: generateWacrRows({ count: 40, seed: 2, ...SPAN }) },
  })
}

test('one failed source fails the answer by default', async () => {
  const { ask, octopods } = await start()
  octopods.faults.when(() => true, { kind: 'status', status: 503 })
  const { data, errors } = await ask(LIST, { policy: 'FAIL' })
  expect(data).toBeNull()
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'octo' } }])
})

test('under PARTIAL the others answer, and the report names the failed one and why', async () => {
  const { ask, octopods } = await start()
  octopods.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '9' } })
  const { data, errors } = await ask(LIST, { policy: 'PARTIAL' })
  expect(errors).toEqual([])
  const page = data?.['messages'] as Page
  expect(new Set(page.nodes.map(({ source }) => source.key))).toEqual(new Set(['shop']))
  expect(page.sources).toMatchObject([
    {
      source: { key: 'octo' },
      outcome: 'FAILED',
      completeness: 'UNKNOWN',
      error: {
        code: 'UPSTREAM_RATE_LIMITED',
        retryAfterSeconds: 9,
        message: expect.stringMatching(/^Source "octo" /) as string,
      },
    },
    { source: { key: 'shop' }, outcome: 'OK', completeness: 'COMPLETE', error: null },
  ])
})

test('a source that failed stays out of the traversal, though it recovers', async () => {
  const { ask, octopods } = await start()
  octopods.faults.next({ kind: 'reset' })
  const first = (await ask(LIST, { policy: 'PARTIAL' })).data?.['messages'] as Page
  const second = (await ask(LIST, { policy: 'PARTIAL', after: first.pageInfo.endCursor })).data?.[
    'messages'
  ] as Page
  expect([...first.nodes, ...second.nodes].map(({ source }) => source.key)).toEqual(Array(40).fill('shop'))
  expect(second.sources[0]).toMatchObject({
    source: { key: 'octo' },
    outcome: 'FAILED',
    completeness: 'UNKNOWN',
  })
  expect(second.pageInfo.hasNextPage).toBe(false)
})

test('when every source fails, the page is empty and the reports name the failures', async () => {
  const { ask, octopods, wacr } = await start()
  octopods.faults.next({ kind: 'status', status: 401 })
  wacr.faults.when(() => true, { kind: 'html' })
  const page = (await ask(LIST, { policy: 'PARTIAL' })).data?.['messages'] as Page
  expect(page.nodes).toEqual([])
  expect(page.sources).toMatchObject([
    { outcome: 'FAILED', error: { code: 'UPSTREAM_UNAUTHORIZED' } },
    { outcome: 'FAILED', error: { code: 'UPSTREAM_UNAVAILABLE' } },
  ])
})

interface Page {
  readonly nodes: readonly { readonly source: { readonly key: string } }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly sources: readonly unknown[]
}
