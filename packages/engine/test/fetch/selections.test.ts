import type { MessageField } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type MessagesQuery } from '../../src/index.js'
import { idsOf } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

function selecting(...fields: MessageField[]): MessagesQuery {
  return { first: 10, fields: new Set(fields) }
}

it('serves who selects less from the request under way of who selects more', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30), latencyMs: 30 })
  const engine = createEngine({ sources: [shop.source] })
  const pages = await Promise.all([
    engine.messages(selecting('text', 'status')),
    engine.messages(selecting('status')),
    engine.messages(selecting()),
  ])
  expect(new Set(pages.map((page) => String(idsOf(page.edges)))).size).toBe(1)
  expect(shop.emulator.log.map(({ params }) => params['fields'])).toEqual(['id,message,status,sent_at'])
})

it('serves who selects less from what was kept for who selects more', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const engine = createEngine({ sources: [shop.source] })
  const { pageInfo } = await engine.messages(selecting('text', 'status', 'type'))
  for (const fields of [selecting('text'), selecting('status'), selecting()]) {
    const page = await engine.messages({ ...fields, after: pageInfo.endCursor })
    expect(idsOf(page.edges)[0]).toBe('20')
    expect(page.reports[0]?.upstreamRequests).toBe(0)
  }
  expect(shop.emulator.log).toHaveLength(1)
})

it('asks for itself where the request under way brings too little', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30), latencyMs: 30 })
  const engine = createEngine({ sources: [shop.source] })
  const [, rich] = await Promise.all([
    engine.messages(selecting('status')),
    engine.messages(selecting('text')),
  ])
  expect(rich.edges[0]?.message.text).toBe('Message 30')
  expect(shop.emulator.log).toHaveLength(2)
})
