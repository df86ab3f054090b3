import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt, where } from '../support/clauses.js'
import { octopodsRow, octopodsRows } from '../support/octopods-rows.js'
import { reportOf } from '../support/requests.js'
import { idsOf } from '../support/traverse.js'
import { startOctopods } from '../support/upstreams.js'
import { BEGIN, MINUTE_MS } from '../support/wacr-rows.js'

/** The time of the row with this id. */
const timeOf = (id: number): number => BEGIN + id * MINUTE_MS

it.each([
  [0, 'COMPLETE', null],
  [99, 'COMPLETE', null],
  // A full window may be all that there is, or not.
  [100, 'WINDOW_LIMITED', timeOf(1)],
  [250, 'WINDOW_LIMITED', timeOf(151)],
] as const)('says how far a window of %i rows reaches back', async (rows, completeness, reachesBackTo) => {
  const octo = await startOctopods('octo', { rows: octopodsRows(rows) })
  const page = await createEngine({ sources: [octo.source] }).messages({ first: 10 })
  expect(reportOf(page, 'octo')).toMatchObject({ outcome: 'OK', completeness, reachesBackTo, error: null })
})

it.each([
  ['begins within the window', [sentAt('gt', timeOf(151))], 'COMPLETE'],
  ['begins with the oldest, which may have equals', [sentAt('gte', timeOf(151))], 'WINDOW_LIMITED'],
  ['begins before the window', [sentAt('gt', timeOf(150))], 'WINDOW_LIMITED'],
  ['ends before the window', [sentAt('lt', timeOf(100))], 'WINDOW_LIMITED'],
  ['has no time', [where('status', 'eq', 'SENT')], 'WINDOW_LIMITED'],
] as const)('judges a full window by the filter: one that %s', async (_name, filter, completeness) => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250) })
  const page = await createEngine({ sources: [octo.source] }).messages({ filter, first: 500 })
  expect(reportOf(page, 'octo')).toMatchObject({ completeness, reachesBackTo: timeOf(151) })
})

it('takes a channel that has sent nothing for an empty one', async () => {
  const octo = await startOctopods('octo')
  const page = await createEngine({ sources: [octo.source] }).messages({ totalCount: true })
  expect(page).toMatchObject({ edges: [], totalCount: 0 })
  expect(reportOf(page, 'octo')).toMatchObject({ outcome: 'OK', completeness: 'COMPLETE', error: null })
})

it('continues after the rows that left the window, and reports what is out of reach', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250) })
  const first = await createEngine({ sources: [octo.source] }).messages({ first: 40 })
  for (let id = 251; id <= 320; id += 1) octo.emulator.table.insert(octopodsRow(id))
  const after = first.pageInfo.endCursor
  const second = await createEngine({ sources: [octo.source] }).messages({ first: 40, after })
  // The window now ends at row 221, and rows down to 211 were read.
  expect(second.edges).toEqual([])
  expect(second.pageInfo.hasNextPage).toBe(false)
  expect(reportOf(second, 'octo')).toMatchObject({
    completeness: 'WINDOW_LIMITED',
    reachesBackTo: timeOf(221),
  })
})

it('goes on with the window that it holds while new messages push rows out of it', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250) })
  const engine = createEngine({ sources: [octo.source] })
  const first = await engine.messages({ first: 40 })
  for (let id = 251; id <= 320; id += 1) octo.emulator.table.insert(octopodsRow(id))
  const second = await engine.messages({ first: 40, after: first.pageInfo.endCursor })
  expect(idsOf(second.edges)).toEqual(Array.from({ length: 40 }, (_, index) => String(210 - index)))
  expect(octo.emulator.log).toHaveLength(1)
})
