import { type MessageProvider, type Paging, WaybillError } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type SourceErrorPolicy } from '../../src/index.js'
import { contentOf, forge } from '../support/forge.js'
import { modelSource } from '../support/model-source.js'
import { waybillError } from '../support/outcome.js'
import { idsOf } from '../support/traverse.js'

const KINDS: readonly Paging['kind'][] = ['window', 'page', 'cursor']
const QUERY = { first: 10, fields: new Set(['text'] as const) }

it.each(KINDS.flatMap((from) => KINDS.filter((to) => to !== from).map((to) => [from, to] as const)))(
  'refuses the cursor of a source that was read by %s and is now read by %s, rather than begin again',
  async (from, to) => {
    const before = createEngine({ sources: [modelSource('shop', from, 60)] })
    const { pageInfo } = await before.messages(QUERY)
    const after = createEngine({ sources: [modelSource('shop', to, 60)] })
    for (const onSourceError of ['FAIL', 'PARTIAL'] as const) {
      const error = await waybillError(after.messages({ ...QUERY, onSourceError, after: pageInfo.endCursor }))
      expect(error.code).toBe('INVALID_CURSOR')
      expect(error.message).toContain('does not fit the sources as they are now')
    }
  },
)

it.each([
  ['one position for two sources', (positions: unknown[]) => positions.slice(0, 1)],
  ['three positions for two sources', (positions: unknown[]) => [...positions, positions[0]]],
  ['none', () => []],
])('refuses a cursor with %s', async (_name, change) => {
  const engine = createEngine({ sources: [modelSource('a', 'page', 60), modelSource('b', 'page', 60)] })
  const { pageInfo } = await engine.messages(QUERY)
  const content = contentOf(pageInfo.endCursor)
  const after = forge(JSON.stringify(content.with(3, change(content[3] as unknown[]))))
  expect((await waybillError(engine.messages({ ...QUERY, after }))).code).toBe('INVALID_CURSOR')
})

it.each(['INVALID_CURSOR', 'UNAUTHENTICATED', 'INVALID_CONFIGURATION', 'nonsense'])(
  'refuses a cursor that claims that a source failed with %s, which no source does',
  async (code) => {
    const engine = createEngine({ sources: [modelSource('a', 'page', 60), modelSource('b', 'page', 60)] })
    const { pageInfo } = await engine.messages(QUERY)
    const content = contentOf(pageInfo.endCursor)
    const after = forge(JSON.stringify(content.with(3, [code, (content[3] as unknown[])[1]])))
    for (const onSourceError of ['FAIL', 'PARTIAL'] satisfies SourceErrorPolicy[]) {
      const error = await waybillError(engine.messages({ ...QUERY, onSourceError, after }))
      expect(error.code).toBe('INVALID_CURSOR')
      expect(error.message).toContain('cannot be read')
    }
  },
)

it.each(['FAIL', 'PARTIAL'] satisfies SourceErrorPolicy[])(
  'refuses a cursor that a source refuses, under %s: it is the caller who has to begin again',
  async (onSourceError) => {
    const [shop, other] = [modelSource('shop', 'cursor', 60), modelSource('other', 'page', 60)]
    const { pageInfo } = await createEngine({ sources: [shop, other] }).messages(QUERY)
    const provider: MessageProvider = {
      ...shop.provider,
      list: async () => {
        throw new WaybillError('INVALID_CURSOR', 'The cursor is from another archive.')
      },
    }
    const engine = createEngine({ sources: [{ id: 'shop', provider }, other] })
    const error = await waybillError(engine.messages({ ...QUERY, onSourceError, after: pageInfo.endCursor }))
    expect(error.code).toBe('INVALID_CURSOR')
    expect(error.message).toContain('from another archive')
  },
)

it('goes on at no more cost with a cursor from a clock that is ahead', async () => {
  const shop = modelSource('shop', 'page', 2000)
  const first = await createEngine({ sources: [shop] }).messages(QUERY)
  const content = contentOf(first.pageInfo.endCursor)
  const costs: number[] = []
  const pages: string[][] = []
  for (const ahead of [0, 60_000, 1e15]) {
    const after = forge(JSON.stringify(content.with(2, Number(content[2]) + ahead)))
    shop.settings.requests = 0
    const engine = createEngine({ sources: [shop] })
    pages.push(idsOf((await engine.messages({ ...QUERY, first: 500, after })).edges))
    costs.push(shop.settings.requests)
  }
  expect(new Set(costs).size).toBe(1)
  for (const ids of pages) expect(ids.toSorted()).toEqual(pages[0]?.toSorted())
})

it('costs no more than where the smallest pages are served that any server cuts to, whatever is in a cursor', async () => {
  const shop = modelSource('shop', 'page', 2000)
  const next = { ...QUERY, first: 500 }
  const first = await createEngine({ sources: [shop] }).messages(QUERY)
  const saysOne = JSON.stringify(contentOf(first.pageInfo.endCursor)).replace(
    /,100,([\d.]+,0\]{4})$/,
    ',1,$1',
  )
  expect(saysOne).toMatch(/,1,[\d.]+,0\]{4}$/)
  const costs: number[] = []
  for (const [after, cap] of [
    [forge(saysOne), 100],
    [first.pageInfo.endCursor, 10],
  ] as const) {
    shop.settings.cap = cap
    shop.settings.requests = 0
    const page = await createEngine({ sources: [shop] }).messages({ ...next, after })
    expect(page.edges).toHaveLength(500)
    costs.push(shop.settings.requests)
  }
  const [forged = 0, honest = 0] = costs
  expect(forged).toBeLessThanOrEqual(honest + 1)
})
