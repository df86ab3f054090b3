import type { PageReport } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type EngineSource } from '../../src/index.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { reportOf } from '../support/requests.js'
import { startOctopods } from '../support/upstreams.js'

const UNTOLD: PageReport = { total: null, pageSize: null, lastPage: null, hasNextPage: null }

/** A window of so many messages, with figures beside each answer; the last ones stay. */
async function counted(rows: number, ...answers: readonly Partial<PageReport>[]): Promise<EngineSource> {
  const { source } = await startOctopods('octo', { rows: octopodsRows(rows) })
  let nth = 0
  return {
    ...source,
    provider: {
      ...source.provider,
      list: async (request, call) => {
        const figures = answers[Math.min(nth, answers.length - 1)]
        nth += 1
        return { ...(await source.provider.list(request, call)), page: { ...UNTOLD, ...figures } }
      },
    },
  }
}

it.each([
  ['nothing', 30, {}, 'COMPLETE', []],
  ['just as many', 30, { total: 30, hasNextPage: false }, 'COMPLETE', []],
  ['more', 30, { total: 45 }, 'UNPROVEN', [{ code: 'ROWS_HIDDEN', count: 15 }]],
  ['that more follow', 30, { hasNextPage: true }, 'UNPROVEN', [{ code: 'ROWS_HIDDEN', count: null }]],
  ['fewer', 30, { total: 12 }, 'UNPROVEN', [{ code: 'TOTALS_DISAGREE', count: 18 }]],
  ['messages where none is listed', 0, { total: 7 }, 'UNPROVEN', [{ code: 'ROWS_HIDDEN', count: 7 }]],
  ['what is out of reach', 250, { total: 250, hasNextPage: true }, 'WINDOW_LIMITED', []],
  // It may be the number of messages in this answer.
  ['as many as a full window holds', 100, { total: 100, hasNextPage: false }, 'WINDOW_LIMITED', []],
] as const)('a window that counts %s', async (_what, rows, figures, completeness, warnings) => {
  const engine = createEngine({ sources: [await counted(rows, figures)] })
  const page = await engine.messages({ first: 500, totalCount: true })
  expect(page.edges).toHaveLength(Math.min(rows, 100))
  expect(reportOf(page, 'octo')).toMatchObject({ completeness, warnings })
  expect(page.totalCount).toBe(completeness === 'COMPLETE' ? rows : null)
})

it.each([{ total: 31 }, { total: 29 }, { hasNextPage: true }])(
  'does not warn of a message that comes or goes between count and list: %j',
  async (figures) => {
    const engine = createEngine({ sources: [await counted(30, figures, { total: 30, hasNextPage: false })] })
    const page = await engine.messages({ first: 500 })
    expect(reportOf(page, 'octo')).toMatchObject({
      completeness: 'COMPLETE',
      warnings: [],
      upstreamRequests: 2,
    })
  },
)
