import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { waybillError } from '../support/outcome.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const BY_CHANGE = { field: 'updatedAt', direction: 'desc' } as const

it('warns of rows that move while one reads', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(5) })
  const page = await createEngine({ sources: [shop.source] }).messages({ sort: BY_CHANGE })
  expect(reportOf(page, 'shop')).toMatchObject({ completeness: 'MOVING_SORT', error: null })
})

it('refuses a sort that one source cannot do, and names it', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(5) })
  const octo = await startOctopods('octo', { rows: octopodsRows(5) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const error = await waybillError(engine.messages({ sort: BY_CHANGE }))
  expect(error).toMatchObject({ code: 'UNSUPPORTED_SORT', source: 'octo' })
  expect(error.message).toMatch(/"octo".*-updated_at.*-created_at.*filter\.source/)
  expect([shop.emulator.log.length, octo.emulator.log.length]).toEqual([0, 0])
})

it('leaves the source that cannot sort out under PARTIAL, on every page', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(25) })
  const octo = await startOctopods('octo', { rows: octopodsRows(5) })
  const engine = createEngine({ sources: [octo.source, shop.source] })
  const query = { sort: BY_CHANGE, onSourceError: 'PARTIAL', first: 10 } as const
  const { pages, rows } = await traverse(engine, query)
  expect(idsOf(rows)).toEqual(
    wacrRows(25)
      .map(({ id }) => String(id))
      .toReversed(),
  )
  for (const page of pages) {
    expect(reportOf(page, 'octo')).toMatchObject({
      outcome: 'FAILED',
      completeness: 'UNKNOWN',
      upstreamRequests: 0,
      error: { code: 'UNSUPPORTED_SORT', retryAfterSeconds: null },
    })
  }
  expect(octo.emulator.log).toEqual([])
})
