import type { FilterClause, MessageField } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt, where } from '../support/clauses.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

interface Case {
  readonly fields: readonly MessageField[] | null
  readonly filter?: readonly FilterClause[]
  readonly search?: string
}

it.each<[asked: string | undefined, query: Case]>([
  ['id,sent_at', { fields: [] }],
  ['id,message,sent_at', { fields: ['text'] }],
  ['id,type,status,sent_at', { fields: ['status', 'type', 'rawType', 'failure'] }],
  ['id,sender_id,sent_at', { fields: [], filter: [where('from', 'ne', '+14155550000')] }],
  ['id,sender_id,message,sent_at', { fields: ['text'], filter: [where('phone', 'ne', '+14155550000')] }],
  ['id,message,sent_at', { fields: [], search: 'message' }],
  ['id,interaction_id,sent_at', { fields: [], filter: [where('interactionId', 'notIn')] }],
  ['id,status,sent_at', { fields: [], filter: [where('status', 'eq', 'SENT'), sentAt('gte', BEGIN)] }],
  ['id,sent_at', { fields: [], filter: [where('source', 'eq', 'shop')] }],
  ['id,sent_at', { fields: ['to', 'direction'] }],
  [undefined, { fields: ['raw', 'text'] }],
  [undefined, { fields: null }],
])('asks for %s under %j', async (asked, { fields, ...query }) => {
  const shop = await startWacr('shop', { rows: wacrRows(5) })
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ ...query, fields: fields === null ? null : new Set(fields) })
  const listed = shop.emulator.log.filter(({ params }) => params['per_page'] !== '1')
  expect(listed.length).toBeGreaterThan(0)
  expect(listed.map(({ params }) => params['fields'])).toEqual(listed.map(() => asked))
  expect(page.edges).toHaveLength(5)
})

it('fetches again what was fetched with fewer fields than the next page wants', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const engine = createEngine({ sources: [shop.source] })
  const first = await engine.messages({ first: 10, fields: new Set(['status']) })
  const query = { first: 10, after: first.pageInfo.endCursor, fields: new Set(['text', 'status'] as const) }
  const second = await engine.messages(query)
  expect(second.edges.map(({ message }) => message.text)).toEqual(
    Array.from({ length: 10 }, (_, index) => `Message ${20 - index}`),
  )
})
