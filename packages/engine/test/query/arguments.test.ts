import type { FilterClause } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { createEngine, type MessagesQuery } from '../../src/index.js'
import { sentAt, where } from '../support/clauses.js'
import { waybillError } from '../support/outcome.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

it.each<[MessagesQuery, string]>([
  [{ first: 0 }, 'first is 0'],
  [{ first: -1 }, 'first is -1'],
  [{ first: 501 }, 'from 1 to 500'],
  [{ first: 1.5 }, 'first is 1.5'],
  [{ first: Number.NaN }, 'first is NaN'],
  [{ maxUpstreamRequests: 0 }, 'maxUpstreamRequests is 0'],
  [{ maxUpstreamRequests: -3 }, 'at least 1'],
  [{ maxUpstreamRequests: 1.5 }, 'maxUpstreamRequests is 1.5'],
])('refuses %j', async (query, text) => {
  const shop = await startWacr('shop', { rows: wacrRows(3) })
  const error = await waybillError(createEngine({ sources: [shop.source] }).messages(query))
  expect(error.code).toBe('BAD_USER_INPUT')
  expect(error.message).toContain(text)
  expect(shop.emulator.log).toEqual([])
})

it.each<[FilterClause, string]>([
  [where('status', 'eq'), 'use in for a list'],
  [where('status', 'eq', 'SENT', 'READ'), 'not 2'],
  [where('from', 'ne', '1', '2'), 'use notIn for a list'],
  [sentAt('gte', Number.NaN), 'sentAt'],
  [sentAt('lt', Number.POSITIVE_INFINITY), 'sentAt'],
])('refuses the clause %j', async (clause, text) => {
  const shop = await startWacr('shop', { rows: wacrRows(3) })
  const error = await waybillError(createEngine({ sources: [shop.source] }).messages({ filter: [clause] }))
  expect(error.code).toBe('INVALID_FILTER')
  expect(error.message).toContain(text)
  expect(shop.emulator.log).toEqual([])
})

it('takes null and the empty search for no argument, and 25 for the page size', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ search: '', after: null, maxUpstreamRequests: null, fields: null })
  expect(page.edges).toHaveLength(25)
  expect(page.totalCount).toBeNull()
  expect((await engine.messages({ search: null, first: 500 })).edges).toHaveLength(30)
})

describe('called from plain JavaScript', () => {
  it.each<[query: unknown, name: string]>([
    [null, 'The query'],
    ['text', 'The query'],
    [{ filter: 'status' }, 'filter'],
    [{ filter: {} }, 'filter'],
    [{ sort: 'createdAt' }, 'sort'],
    [{ sort: { field: 'sentAt', direction: 'asc' } }, 'sort'],
    [{ sort: { field: 'createdAt', direction: 'DESC' } }, 'sort'],
    [{ search: 7 }, 'search'],
    [{ first: '10' }, 'first'],
    [{ after: 7 }, 'after'],
    [{ onSourceError: 'partial' }, 'onSourceError'],
    [{ maxUpstreamRequests: '3' }, 'maxUpstreamRequests'],
    [{ fields: ['text'] }, 'fields'],
    [{ totalCount: 'yes' }, 'totalCount'],
    [{ signal: {} }, 'signal'],
  ])('refuses the query %j, naming the argument', async (query, name) => {
    const error = await waybillError(createEngine({ sources: [] }).messages(query as MessagesQuery))
    expect(error.code).toBe('BAD_USER_INPUT')
    expect(error.message.startsWith(`${name} is `)).toBe(true)
  })

  it.each<[query: object, message: string]>([
    [
      { onlyUnread: true },
      'The query has the unknown argument "onlyUnread". Known: filter, sort, search, first,',
    ],
    [{ frist: 10 }, 'The query has the unknown argument "frist". Did you mean "first"?'],
    [{ onsourceerror: 'PARTIAL' }, 'Did you mean "onSourceError"?'],
    [{ filters: [] }, 'Did you mean "filter"?'],
    [{ toString: null }, 'The query has the unknown argument "toString".'],
    [JSON.parse('{"__proto__": 1}') as object, 'The query has the unknown argument "__proto__".'],
  ])('refuses the query %j by the name that it does not know', async (query, message) => {
    const error = await waybillError(createEngine({ sources: [] }).messages(query))
    expect(error.code).toBe('BAD_USER_INPUT')
    expect(error.message).toContain(message)
  })

  it.each<[clause: object, message: string]>([
    [
      { field: 'state', operator: 'eq', values: ['SENT'] },
      'A clause of filter has the unknown field "state". Did you mean "status"? Known: source, status,',
    ],
    [{ field: 'sent_at', operator: 'gt', value: 0 }, 'Did you mean "sentAt"?'],
    [{ field: 'status', operator: 'not_in', values: [] }, 'unknown operator "not_in". Did you mean "notIn"?'],
    [{ field: 'status', operator: 'gt', values: ['SENT'] }, 'unknown operator "gt".'],
    [{ field: 'sentAt', operator: 'eq', value: 0 }, 'unknown operator "eq". Known: gt, gte, lt, lte.'],
    [{ field: 'constructor', operator: 'eq', values: ['a'] }, 'unknown field "constructor".'],
  ])('refuses the clause %j by the name that it does not know', async (clause, message) => {
    const filter = [clause as FilterClause]
    const error = await waybillError(createEngine({ sources: [] }).messages({ filter }))
    expect(error.code).toBe('INVALID_FILTER')
    expect(error.message).toContain(message)
  })

  it.each([
    null,
    'status',
    {},
    { field: 'status', operator: 'eq' },
    { field: 'status', operator: 'eq', values: 'SENT' },
  ])('refuses the clause %j', async (clause) => {
    const filter = [clause] as unknown as readonly FilterClause[]
    const error = await waybillError(createEngine({ sources: [] }).messages({ filter }))
    expect(error.code).toBe('INVALID_FILTER')
  })

  it.each<[options: unknown, text: string]>([
    [undefined, 'sources'],
    [{ sources: {} }, 'sources'],
    [{ sources: [{}] }, 'sources[0].id'],
    [{ sources: [{ id: '' }] }, 'sources[0].id'],
    [{ sources: [{ id: 'shop' }] }, 'sources[0].provider'],
    [{ sources: [{ id: 'shop', provider: { list: 1, capabilities: {} } }] }, 'sources[0].provider'],
    [{ sources: [], keep: 5 }, 'keep'],
  ])('refuses the options %j', (options, text) => {
    const create = (): unknown => createEngine(options as Parameters<typeof createEngine>[0])
    expect(create).toThrow(TypeError)
    expect(create).toThrow(text)
  })

  it('refuses two sources of one id', async () => {
    const shop = await startWacr('shop')
    expect(() => createEngine({ sources: [shop.source, shop.source] })).toThrow('sources[1].id')
  })
})
