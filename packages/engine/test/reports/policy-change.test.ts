import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { waybillError } from '../support/outcome.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const QUERY = { first: 40, fields: new Set(['text'] as const) }

it('fails a page under FAIL when a source had dropped out before', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(60) })
  const north = await startWacr('north', { rows: wacrRows(60) })
  const engine = createEngine({ sources: [shop.source, north.source] })
  north.emulator.faults.next({ kind: 'status', status: 503 })
  const first = await engine.messages({ ...QUERY, onSourceError: 'PARTIAL' })
  const error = await waybillError(engine.messages({ ...QUERY, after: first.pageInfo.endCursor }))
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
  expect(error.message).toContain('"north"')
})
