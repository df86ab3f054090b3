import { startWacrEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { wacrRow } from './support/wacr-row.js'

const variants = (['bare', 'data'] as const).flatMap((detailEnvelope) =>
  [false, true].flatMap((wrapper) =>
    [false, true].map((numbersAsStrings) => ({ detailEnvelope, wrapper, numbersAsStrings })),
  ),
)

describe('a single message', () => {
  it.each(variants)('is normalized with its detail: %j', async (variant) => {
    const row = wacrRow(9, {
      status: 'failed',
      statusMessage: 'Recipient is not a WhatsApp user.',
      refMessageId: 'wamid.8',
      url: 'https://media.example/9.jpg',
      staffId: 4,
    })
    await using upstream = await startWacrEmulator({ rows: [row], ...variant })
    const single = await connect(upstream).get?.('9')
    expect(single).toMatchObject({
      message: {
        upstreamId: '9',
        whatsappId: 'wamid.9',
        direction: null,
        type: 'TEXT',
        status: 'FAILED',
        text: 'Message 9',
        from: '+14155552671',
        interactionId: '7',
        isRead: false,
        sentAt: row.createdAt,
        failure: { code: null, reason: 'Recipient is not a WhatsApp user.' },
        raw: { status_message: 'Recipient is not a WhatsApp user.', url: 'https://media.example/9.jpg' },
      },
    })
    expect(single?.detail).toEqual({
      statusMessage: 'Recipient is not a WhatsApp user.',
      replyToId: 'wamid.8',
      mediaUrl: 'https://media.example/9.jpg',
      staffId: '4',
      deliveredAt: null,
      readAt: null,
    })
  })

  it.each([
    ['read', 'Read by the recipient'],
    ['failed', null],
    ['failed', ' '],
    [null, 'No status'],
  ])('has no failure where none is told: status %j, %j', async (status, statusMessage) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1, { status, statusMessage })] })
    const single = await connect(upstream).get?.('1')
    expect(single?.message?.failure).toBeNull()
    expect(single?.detail.statusMessage).toBe(statusMessage)
  })

  it('is no message where the time is missing, but has a detail', async () => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1, { staffId: 3 })] })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch: { sent_at: null } })
    const single = await connect(upstream).get?.('1')
    expect(single).toMatchObject({ message: null, detail: { staffId: '3' } })
  })

  it('is null when it does not exist', async () => {
    await using upstream = await startWacrEmulator()
    expect(await connect(upstream).get?.('1')).toBeNull()
    upstream.faults.next({
      kind: 'status',
      status: 200,
      body: { success: false, error: { code: 'NOT_FOUND' } },
    })
    expect(await connect(upstream).get?.('1')).toBeNull()
  })

  it.each(['', '007', '-1', '1.0', '1e3', ' 1', '1/../2', '..', '%31', 'wamid.1', '1'.repeat(21)])(
    'is null without a request for the id %j',
    async (id) => {
      await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
      expect(await connect(upstream).get?.(id)).toBeNull()
      expect(upstream.log).toEqual([])
    },
  )

  it.each([
    [{ id: 2 }, 'id: expected the requested id, found another one'],
    [{ id: undefined }, 'data.id: expected an integer, found nothing'],
    [{ sent_at: 'yesterday' }, 'data.sent_at: expected an ISO 8601 date and time, found text'],
    [{ staff_id: 'x' }, 'data.staff_id: expected an integer, found text'],
    [{ url: 4 }, 'data.url: expected text or null, found a number'],
  ])('is refused when it is not as documented: %j', async (patch, report) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
    const error = await upstreamError(Promise.resolve(connect(upstream).get?.('1')))
    expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop' })
    expect(error.message).toContain(report)
  })

  it.each([[[]], [{}], [null], [{ data: [] }]])('is refused when it is %j', async (body) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body })
    const error = await upstreamError(Promise.resolve(connect(upstream).get?.('1')))
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
  })
})
