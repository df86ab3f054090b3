import { setImmediate } from 'node:timers/promises'
import type { ListRequest, MessageField, MessageProvider } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type MessagesQuery } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'
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

/** A source with cursors that does not know the sender of any message, and what it was asked for. */
function cursorSource(): { readonly provider: MessageProvider; readonly asked: ListRequest[] } {
  const from = { domain: { kind: 'text', nullable: true }, operators: { eq: 'exact' } } as const
  const { provider } = memoryProvider([], { from })
  const asked: ListRequest[] = []
  const { capabilities } = provider
  return {
    asked,
    provider: {
      ...provider,
      capabilities: { ...capabilities, paging: { kind: 'cursor', maxPageSize: 100 } },
      list: async (request) => {
        asked.push(request)
        await setImmediate()
        const untold = request.untold === false ? [] : (['from'] as const)
        return { messages: [], parameters: [], cursor: { cursors: [], hasNextPage: false, total: 0, untold } }
      },
    },
  }
}

const BY_SENDER: MessagesQuery = { filter: [{ field: 'from', operator: 'eq', values: ['+49301234567'] }] }

it('asks a source what its messages lack only where that is reported', async () => {
  const { provider, asked } = cursorSource()
  const engine = createEngine({ sources: [{ id: 'kept', provider }] })
  const { reports } = await engine.messages(BY_SENDER)
  expect(reports[0]).toMatchObject({ completeness: 'NOT_TOLD', warnings: [{ code: 'FIELD_NOT_TOLD' }] })
  await engine.messages({ ...BY_SENDER, reports: false })
  expect(asked.map(({ untold }) => untold)).toEqual([true, false])
})

it.each([
  { first: true, second: false, requests: 1 },
  { first: false, second: true, requests: 2 },
])(
  'of two equal queries at once, with reports: $first and $second, $requests is asked for',
  async ({ first, second, requests }) => {
    const { provider, asked } = cursorSource()
    const engine = createEngine({ sources: [{ id: 'kept', provider }] })
    const pages = await Promise.all(
      [first, second].map((reports) => engine.messages({ ...BY_SENDER, reports })),
    )
    expect(asked).toHaveLength(requests)
    const reported = pages[first ? 0 : 1]
    expect(reported?.reports[0]?.warnings).toMatchObject([{ code: 'FIELD_NOT_TOLD', field: 'from' }])
  },
)
