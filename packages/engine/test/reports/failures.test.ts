import { UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import type { Fault } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { waybillError } from '../support/outcome.js'
import { expectHonestReports, reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, MINUTE_MS, wacrRows } from '../support/wacr-rows.js'

const FAULTS: readonly [UpstreamErrorCode, Fault][] = [
  ['UPSTREAM_UNAUTHORIZED', { kind: 'status', status: 401 }],
  ['UPSTREAM_FORBIDDEN', { kind: 'status', status: 403 }],
  ['UPSTREAM_RATE_LIMITED', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }],
  ['UPSTREAM_REJECTED', { kind: 'status', status: 422 }],
  ['UPSTREAM_UNAVAILABLE', { kind: 'status', status: 503 }],
  ['UPSTREAM_UNAVAILABLE', { kind: 'reset' }],
  ['UPSTREAM_TIMEOUT', { kind: 'hang' }],
  ['UPSTREAM_INVALID_RESPONSE', { kind: 'truncatedJson' }],
]
/** Long enough for a busy machine to answer everything else in. */
const IMPATIENT = { limits: { attemptTimeoutMs: 2000, totalTimeoutMs: 2500 } }
const QUERY = { first: 40, fields: new Set(['text'] as const) }
/** Between the rows of the others, and later than all of them. */
const LATE = { createdAt: BEGIN + 500 * MINUTE_MS }

it.each(FAULTS)('goes on without a source that fails, under PARTIAL: %s by %j', async (code, fault) => {
  const shop = await startWacr('shop', { rows: wacrRows(120) })
  const north = await startWacr('north', { rows: wacrRows(120, () => LATE) }, IMPATIENT)
  const engine = createEngine({ sources: [shop.source, north.source] })
  north.emulator.faults.next(fault)
  const query = { ...QUERY, onSourceError: 'PARTIAL' } as const
  const { pages, rows } = await traverse(engine, query)

  expect(idsOf(rows)).toEqual(
    wacrRows(120)
      .map(({ id }) => String(id))
      .toReversed(),
  )
  expect(pages).toHaveLength(3)
  for (const page of pages) {
    // It recovered at once, and must not come back in the middle.
    expect(reportOf(page, 'north')).toMatchObject({ outcome: 'FAILED', completeness: 'UNKNOWN' })
    expect(reportOf(page, 'north').error?.code).toBe(code)
    expect(reportOf(page, 'north').error?.message).toContain('"north"')
    expect(reportOf(page, 'shop')).toMatchObject({ outcome: 'OK', completeness: 'COMPLETE', error: null })
  }
  const waits = code === 'UPSTREAM_RATE_LIMITED' ? 7 : null
  expect(reportOf(pages[0], 'north').error?.retryAfterSeconds).toBe(waits)
  expect(north.emulator.log).toHaveLength(1)
  expectHonestReports(pages, [shop, north])
})

it.each(FAULTS)('fails and names the source, under FAIL: %s by %j', async (code, fault) => {
  const shop = await startWacr('shop', { rows: wacrRows(120) })
  const north = await startWacr('north', { rows: wacrRows(120) }, IMPATIENT)
  const engine = createEngine({ sources: [shop.source, north.source] })
  north.emulator.faults.next(fault)
  const error = await waybillError(engine.messages(QUERY))
  expect(error).toBeInstanceOf(UpstreamError)
  expect(error).toMatchObject({ code, source: 'north' })
  expect(error.message).toContain('"north"')
  expect((await engine.messages(QUERY)).edges).toHaveLength(40)
})

it('keeps the rows of a source up to where it failed', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(150) })
  const north = await startWacr('north', { rows: wacrRows(150) })
  const engine = createEngine({ sources: [shop.source, north.source] })
  north.emulator.faults.when(({ params }) => params['page'] !== '1', { kind: 'status', status: 500 }, 1)
  const { pages, rows } = await traverse(engine, { ...QUERY, onSourceError: 'PARTIAL' })
  const newestFirst = wacrRows(150)
    .map(({ id }) => String(id))
    .toReversed()
  expect(idsOf(rows, 'shop')).toEqual(newestFirst)
  expect(idsOf(rows, 'north')).toEqual(newestFirst.slice(0, 100))
  expect(reportOf(pages.at(-1), 'north').error?.code).toBe('UPSTREAM_UNAVAILABLE')
  expectHonestReports(pages, [shop, north])
})

it('stays without the failed source in another process', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(60) })
  const north = await startWacr('north', { rows: wacrRows(60) })
  const sources = [shop.source, north.source]
  north.emulator.faults.next({ kind: 'status', status: 503 })
  const query = { ...QUERY, onSourceError: 'PARTIAL' } as const
  const first = await createEngine({ sources }).messages(query)
  const second = await createEngine({ sources }).messages({ ...query, after: first.pageInfo.endCursor })
  expect(idsOf(second.edges, 'north')).toEqual([])
  expect(reportOf(second, 'north').error?.code).toBe('UPSTREAM_UNAVAILABLE')
  expect(reportOf(second, 'north').error?.message).toMatch(/earlier page/)
})

it('goes on from the same cursor once a failed source is back, under FAIL', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(250) })
  const engine = createEngine({ sources: [shop.source] })
  const first = await engine.messages({ ...QUERY, first: 120 })
  const next = { ...QUERY, first: 200, after: first.pageInfo.endCursor }
  shop.emulator.faults.next({ kind: 'status', status: 503 })
  expect((await waybillError(engine.messages(next))).code).toBe('UPSTREAM_UNAVAILABLE')
  const second = await engine.messages(next)
  const newestFirst = wacrRows(250)
    .map(({ id }) => String(id))
    .toReversed()
  expect([...idsOf(first.edges), ...idsOf(second.edges)]).toEqual(newestFirst)
})

it('answers with nothing but reports when every source fails, under PARTIAL', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(5) })
  shop.emulator.settings.token = 'another-s3cret-token'
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ onSourceError: 'PARTIAL', totalCount: true })
  expect(page).toMatchObject({ edges: [], totalCount: null, pageInfo: { hasNextPage: false } })
  expect(reportOf(page, 'shop').error?.code).toBe('UPSTREAM_UNAUTHORIZED')
})
