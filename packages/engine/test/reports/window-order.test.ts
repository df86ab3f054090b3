import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startOctopods } from '../support/upstreams.js'

it('serves the oldest first as well, since the window is held whole', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250) })
  const engine = createEngine({ sources: [octo.source] })
  const page = await engine.messages({ sort: { field: 'createdAt', direction: 'asc' }, first: 3 })
  expect(idsOf(page.edges)).toEqual(['151', '152', '153'])
  expect(reportOf(page, 'octo').pushedDown).toEqual([])
})

it('pages through a window in either order, each row once', async () => {
  const rows = octopodsRows(60, (id) => ({ createdAt: Math.floor(id / 4) * 1000 }))
  const octo = await startOctopods('octo', { rows, tableOptions: { ties: 'shuffle' } })
  const engine = createEngine({ sources: [octo.source] })
  const expected = rows.map(({ messageId }) => String(messageId))
  for (const direction of ['asc', 'desc'] as const) {
    const { rows: found } = await traverse(engine, { sort: { field: 'createdAt', direction }, first: 7 })
    expect(idsOf(found)).toEqual(direction === 'asc' ? expected : expected.toReversed())
  }
})
