import { expect, it } from 'vitest'
import { createEngine, type MessagesQuery } from '../../src/index.js'
import { sentAt, where } from '../support/clauses.js'
import { waybillError } from '../support/outcome.js'
import { idsOf } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

const QUERY: MessagesQuery = {
  filter: [where('status', 'in', 'SENT', 'FAILED'), sentAt('gte', BEGIN)],
  search: 'message',
  first: 10,
}

it.each<[changed: string, MessagesQuery]>([
  ['the filter', { ...QUERY, filter: [where('status', 'in', 'SENT'), sentAt('gte', BEGIN)] }],
  ['the filter', { ...QUERY, filter: [] }],
  ['the filter', { ...QUERY, filter: [where('status', 'in', 'SENT', 'FAILED'), sentAt('gte', BEGIN + 1)] }],
  ['the search', { ...QUERY, search: 'messages' }],
  ['the search', { ...QUERY, search: null }],
  ['the sort', { ...QUERY, sort: { field: 'createdAt', direction: 'asc' } }],
  ['the sort', { ...QUERY, sort: { field: 'updatedAt', direction: 'desc' } }],
  ['the filter and the search', { ...QUERY, filter: [], search: '' }],
])('refuses a cursor of another query and says that %s changed', async (changed, query) => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const engine = createEngine({ sources: [shop.source] })
  const { pageInfo } = await engine.messages(QUERY)
  const error = await waybillError(engine.messages({ ...query, after: pageInfo.endCursor }))
  expect(error.code).toBe('INVALID_CURSOR')
  expect(error.message).toContain(`another query: ${changed} changed`)
})

it('refuses a cursor when the configured sources changed', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const north = await startWacr('north', { rows: wacrRows(30) })
  const { pageInfo } = await createEngine({ sources: [shop.source] }).messages(QUERY)
  for (const sources of [[north.source], [shop.source, north.source], []]) {
    const engine = createEngine({ sources })
    const error = await waybillError(engine.messages({ ...QUERY, after: pageInfo.endCursor }))
    expect(error.code).toBe('INVALID_CURSOR')
    expect(error.message).toContain('the configured sources changed')
  }
})

it.each<[string, MessagesQuery]>([
  ['first', { ...QUERY, first: 3 }],
  ['onSourceError', { ...QUERY, onSourceError: 'PARTIAL' }],
  ['maxUpstreamRequests', { ...QUERY, maxUpstreamRequests: 7 }],
  ['fields', { ...QUERY, fields: new Set(['text']) }],
  ['totalCount', { ...QUERY, totalCount: true }],
  ['the order of the clauses', { ...QUERY, filter: QUERY.filter?.toReversed() }],
  ['the sort, said or left to the default', { ...QUERY, sort: { field: 'createdAt', direction: 'desc' } }],
])('goes on although %s changes', async (_name, query) => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const engine = createEngine({ sources: [shop.source] })
  const { pageInfo } = await engine.messages(QUERY)
  const { edges } = await engine.messages({ ...query, after: pageInfo.endCursor })
  expect(idsOf(edges).slice(0, 3)).toEqual(['20', '19', '18'])
})
