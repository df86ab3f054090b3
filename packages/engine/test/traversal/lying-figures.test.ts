import type { MessageProvider, PageReport } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { modelSource } from '../support/model-source.js'
import { idsOf, traverse } from '../support/traverse.js'

type Lie = (page: PageReport, asked: number) => Partial<PageReport>

/** The figures beside the rows are not what they should be. */
function lying(provider: MessageProvider, lie: Lie): MessageProvider {
  return {
    ...provider,
    list: async (request, call) => {
      const result = await provider.list(request, call)
      if (result.page === undefined || request.page.kind !== 'page') return result
      return { ...result, page: { ...result.page, ...lie(result.page, request.page.size) } }
    },
  }
}

const LIES: readonly [what: string, lie: Lie][] = [
  ['that pages are as large as was asked for', (_page, asked) => ({ pageSize: asked })],
  ['a total that is too low', () => ({ total: 70 })],
  ['a total that is too high', ({ total }) => ({ total: (total ?? 0) + 130 })],
  ['that there is nothing', () => ({ total: 0, lastPage: 1 })],
  ['a total beyond all bounds', () => ({ total: Number.MAX_SAFE_INTEGER })],
]

it.each(LIES.flatMap(([what, lie]) => [100, 40].map((served) => [what, served, lie] as const)))(
  'yields each row once of a source that claims %s, %i a page',
  async (_what, served, lie) => {
    const source = modelSource('shop', 'page', 330)
    source.settings.cap = served
    const engine = createEngine({ sources: [{ id: 'shop', provider: lying(source.provider, lie) }] })
    const { rows } = await traverse(engine, { first: 90, fields: new Set(['text']) })
    const ids = source.settings.table.rows().map(({ id }) => String(id))
    expect(idsOf(rows).toSorted()).toEqual(ids.toSorted())
    expect(source.settings.requests).toBeLessThanOrEqual(1.35 * Math.ceil(ids.length / served) + 4)
  },
)
