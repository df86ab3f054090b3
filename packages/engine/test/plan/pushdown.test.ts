import type { FilterClause } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt, where } from '../support/clauses.js'
import { reportOf } from '../support/requests.js'
import { startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

const ROWS = wacrRows(12, (id) => ({
  status: ['sent', 'failed', 'pending', null][id % 4] ?? null,
  type: ['text', 'poll', 'image'][id % 3] ?? null,
}))

const CASES: readonly [
  clauses: string,
  filter: readonly FilterClause[],
  pushed: readonly string[],
  local: readonly string[],
][] = [
  ['one value', [where('status', 'eq', 'FAILED')], ['filter[status]=failed'], []],
  [
    'values of which only one is known there',
    [where('status', 'in', 'FAILED', 'DELETED')],
    ['filter[status]=failed'],
    [],
  ],
  ['several values', [where('status', 'in', 'READ', 'FAILED')], ['filter[status][in]=read,failed'], []],
  ['not one value', [where('status', 'ne', 'FAILED')], ['filter[status][ne]=failed'], []],
  [
    'not several values, one of them unknown there',
    [where('status', 'notIn', 'FAILED', 'DELETED', 'READ')],
    ['filter[status][not_in]=read,failed'],
    [],
  ],
  [
    'the word for all other words, by exclusion',
    [where('status', 'eq', 'UNKNOWN')],
    ['filter[status][not_in]=sent,delivered,read,failed'],
    [],
  ],
  [
    'the word for all other words beside others, by exclusion',
    [where('status', 'in', 'UNKNOWN', 'SENT')],
    ['filter[status][not_in]=delivered,read,failed'],
    [],
  ],
  [
    'not the word for all other words, by inclusion',
    [where('status', 'ne', 'UNKNOWN')],
    ['filter[status][in]=sent,delivered,read,failed'],
    [],
  ],
  [
    'a value that no row there has is nothing to rule out, but null is',
    [where('status', 'ne', 'DELETED')],
    [],
    ['filter[status][ne]=deleted'],
  ],
  [
    'several clauses on one field, as one',
    [where('status', 'in', 'SENT', 'READ'), where('status', 'ne', 'SENT')],
    ['filter[status]=read'],
    [],
  ],
  [
    'a conversation; what is no integer matches nothing',
    [where('interactionId', 'in', '7', 'x')],
    ['filter[interaction_id]=7'],
    [],
  ],
  [
    'not a conversation; what is no integer rules nothing out',
    [where('interactionId', 'notIn', '7', '8', 'x')],
    ['filter[interaction_id][not_in]=7,8'],
    [],
  ],
  [
    'any value at all, checked here since null cannot be expressed',
    [where('interactionId', 'notIn')],
    [],
    ['filter[interaction_id][not_in]='],
  ],
  ['a direction', [where('direction', 'eq', 'INBOUND')], ['filter[direction]=inbound'], []],
  ['both directions, which rules nothing out', [where('direction', 'in', 'INBOUND', 'OUTBOUND')], [], []],
  ['the sender, checked here', [where('from', 'eq', '+14155552671')], [], ['filter[from]=+14155552671']],
  [
    'the beginning of a status, as the values that have it',
    [where('status', 'startsWith', 'S')],
    ['filter[status]=sent'],
    [],
  ],
  [
    'the beginning of a sender, checked here',
    [where('from', 'startsWith', '0049')],
    [],
    ['filter[from][starts_with]=+49'],
  ],
  ['either party, checked here', [where('phone', 'eq', '+14155552671')], [], ['filter[phone]=+14155552671']],
  ['a time, checked here', [sentAt('gte', BEGIN)], [], ['filter[sent_at][gte]=2026-04-24T12:00:00.000Z']],
]

it.each(CASES)('pushes down what the upstream can express: %s', async (_name, filter, pushed, local) => {
  const shop = await startWacr('shop', { rows: ROWS })
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ filter, fields: new Set(['text']) })

  const report = reportOf(page, 'shop')
  expect(report.pushedDown).toEqual([...pushed, 'sort=-created_at'])
  expect(report.evaluatedLocally).toEqual(local)
  const [request] = shop.emulator.log
  const selection = request?.searchParams.filter(([name]) => !['page', 'per_page', 'fields'].includes(name))
  expect(selection?.map(([name, value]) => `${name}=${value}`)).toEqual(report.pushedDown)
  expect(request?.ignored).toEqual([])
})

it('searches upstream for what it can express, and checks each row here', async () => {
  const rows = wacrRows(9, (id) => ({ message: id % 2 === 0 ? `Café no ${id}` : `cafe no ${id}` }))
  const shop = await startWacr('shop', { rows })
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ search: 'CAFÉ NO', fields: new Set(['sentAt']) })
  expect(page.edges.map(({ message }) => message.upstreamId)).toEqual(['8', '6', '4', '2'])
  const report = reportOf(page, 'shop')
  expect(report.pushedDown).toEqual(['search=CAF', 'sort=-created_at'])
  expect(report.evaluatedLocally).toEqual(['search=CAFÉ NO'])
})
