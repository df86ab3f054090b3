import { startWacrEmulator } from '@waybill/emulators'
import type { MessageField } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { wacrRow, wacrRows } from './support/wacr-row.js'

describe('the parameters of a list', () => {
  it('name page, size and sort explicitly', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(3) })
    await connect(upstream).list(listRequest())
    expect(upstream.log[0]?.params).toEqual({ page: '1', per_page: '100', sort: '-created_at' })
  })

  it.each([
    [{ field: 'createdAt', direction: 'asc' }, 'created_at', ['1', '2', '3']],
    [{ field: 'createdAt', direction: 'desc' }, '-created_at', ['3', '2', '1']],
    [{ field: 'updatedAt', direction: 'asc' }, 'updated_at', ['3', '2', '1']],
    [{ field: 'updatedAt', direction: 'desc' }, '-updated_at', ['1', '2', '3']],
  ] as const)('say the sort %j as %s', async (sort, said, ids) => {
    const rows = wacrRows(3).map((row) => ({ ...row, updatedAt: row.createdAt - row.id * 5000 }))
    await using upstream = await startWacrEmulator({ rows })
    const { messages, parameters } = await connect(upstream).list(listRequest({ sort }))
    expect(parameters).toEqual([`sort=${said}`])
    expect(messages.map((message) => message.upstreamId)).toEqual(ids)
  })

  it('are reported as they were sent, decoded', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(3) })
    const { parameters } = await connect(upstream).list(
      listRequest({
        filter: [
          { field: 'status', operator: 'in', values: ['SENT', 'FAILED'] },
          { field: 'direction', operator: 'eq', values: ['OUTBOUND'] },
          { field: 'interactionId', operator: 'notIn', values: ['1', '2'] },
          { field: 'type', operator: 'ne', values: ['IMAGE'] },
        ],
        search: 'hello',
        page: { kind: 'page', number: 3, size: 20 },
      }),
    )
    expect(parameters).toEqual([
      'filter[status][in]=sent,failed',
      'filter[direction]=outbound',
      'filter[interaction_id][not_in]=1,2',
      'filter[type][ne]=image',
      'search=hello',
      'sort=-created_at',
    ])
    expect(upstream.log[0]?.searchParams.map(([name, value]) => `${name}=${value}`)).toEqual([
      'page=3',
      'per_page=20',
      ...parameters,
    ])
  })
})

describe('sparse fields', () => {
  it.each<[MessageField[], string]>([
    [[], 'id,sent_at'],
    [['upstreamId', 'sentAt', 'direction', 'to'], 'id,sent_at'],
    [['rawType', 'status', 'text'], 'id,type,message,status,sent_at'],
    [
      ['from', 'interactionId', 'isRead', 'whatsappId'],
      'id,interaction_id,sender_id,message_id,sent_at,is_read',
    ],
    [['failure', 'rawStatus', 'type'], 'id,type,status,sent_at'],
  ])('ask for %j as %s', async (fields, said) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(1) })
    await connect(upstream).list(listRequest({ fields: new Set(fields) }))
    expect(upstream.log[0]?.params['fields']).toBe(said)
  })

  it('leave the other fields null', async () => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    const { messages } = await connect(upstream).list(listRequest({ fields: new Set(['text']) }))
    const nothing = { whatsappId: null, type: null, rawType: null, status: null, rawStatus: null, from: null }
    expect(messages).toEqual([
      {
        ...nothing,
        upstreamId: '1',
        sentAt: wacrRow(1).createdAt,
        text: 'Message 1',
        direction: null,
        to: null,
        contact: null,
        interactionId: null,
        isRead: null,
        failure: null,
        raw: null,
      },
    ])
  })

  it('are not sent when the raw object is wanted', async () => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    const { messages } = await connect(upstream).list(listRequest({ fields: new Set(['raw']) }))
    expect(upstream.log[0]?.params).not.toHaveProperty('fields')
    expect(messages[0]?.raw).toMatchObject({ id: 1, status: 'sent', is_read: false })
  })
})
