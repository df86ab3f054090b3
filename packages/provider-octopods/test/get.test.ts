import { startOctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect } from './support/connect.js'
import { octopodsRow } from './support/octopods-row.js'
import { upstreamError } from './support/upstream-error.js'

describe('a single message', () => {
  it.each([false, true])('is read in both shapes, numbers as strings: %j', async (numbersAsStrings) => {
    const row = octopodsRow(5, {
      status: 'READ',
      deliveredAt: octopodsRow(7).createdAt,
      readAt: octopodsRow(9).createdAt,
    })
    await using upstream = await startOctopodsEmulator({ rows: [row], numbersAsStrings, plusSign: 'without' })
    const provider = connect(upstream)
    expect(await provider.get?.('5')).toMatchObject({
      message: null,
      fields: { status: 'READ', rawStatus: 'READ', failure: null },
      detail: { statusMessage: 'Your message has been read.', deliveredAt: null, readAt: null },
    })
    upstream.settings.statusShape = 2
    expect(await provider.get?.('5')).toMatchObject({
      message: { upstreamId: '5', status: 'READ', to: '+14155552671', sentAt: row.createdAt, text: null },
      detail: { statusMessage: null, deliveredAt: row.deliveredAt, readAt: row.readAt },
    })
    expect(upstream.log.map((record) => record.url)).toEqual(
      Array.from({ length: 2 }, () => '/api/v1/whatsapp/messages/5'),
    )
  })

  it('has the reason of its failure', async () => {
    const failure = { code: 470, title: 'Re-engagement window expired' }
    const rows = [octopodsRow(5, { status: 'FAILED', failure })]
    await using upstream = await startOctopodsEmulator({ rows, statusShape: 2 })
    const single = await connect(upstream).get?.('5')
    expect(single?.message?.failure).toEqual({ code: null, reason: failure.title })
  })

  it('has the reason of its failure, also without recipient and time', async () => {
    const failure = { code: 470, title: 'Re-engagement window expired' }
    const rows = [octopodsRow(5, { status: 'FAILED', failure })]
    await using upstream = await startOctopodsEmulator({ rows, statusShape: 1 })
    expect(await connect(upstream).get?.('5')).toMatchObject({
      message: null,
      fields: { status: 'FAILED', failure: { code: null, reason: failure.title } },
    })
  })

  it.each([
    [{ channel_message_id: 'provider-id' }, { whatsappId: null }],
    [{ channel_message_id: '' }, { whatsappId: null }],
    [{ channel_message_id: undefined }, { whatsappId: null }],
    [{ channel_message_id: 'wamid.X' }, { whatsappId: 'wamid.X' }],
    [{ status: null }, { status: 'UNKNOWN', rawStatus: null }],
  ])('may come with %j', async (patch, normalized) => {
    await using upstream = await startOctopodsEmulator({ rows: [octopodsRow(5)], statusShape: 2 })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
    const single = await connect(upstream).get?.('5')
    expect(single?.message).toMatchObject(normalized)
  })

  it.each([
    { sent_at: '' },
    { sent_at: null },
    { sent_at: undefined },
    { phone_number: '' },
    { phone_number: null },
  ])('is no message with %j, but has a detail', async (patch) => {
    const rows = [octopodsRow(5, { deliveredAt: octopodsRow(6).createdAt })]
    await using upstream = await startOctopodsEmulator({ rows, statusShape: 2 })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch: { ...patch, read_at: '' } })
    const single = await connect(upstream).get?.('5')
    expect(single).toMatchObject({
      message: null,
      detail: { deliveredAt: rows[0]?.deliveredAt, readAt: null },
    })
  })

  it('is null when it does not exist', async () => {
    await using upstream = await startOctopodsEmulator({ rows: [octopodsRow(5)] })
    expect(await connect(upstream).get?.('6')).toBeNull()
  })

  it.each(['', '007', '-1', '1.0', '1e3', ' 1', '1/../2', '..', '%31', 'wamid.1', '1'.repeat(21)])(
    'is null without a request for the id %j',
    async (id) => {
      await using upstream = await startOctopodsEmulator({ rows: [octopodsRow(1)] })
      expect(await connect(upstream).get?.(id)).toBeNull()
      expect(upstream.log).toEqual([])
    },
  )

  it.each([
    [{ message_id: 6 }, 'message_id: expected the requested id, found another one'],
    [{ message_id: undefined }, 'message_id: expected an integer, found nothing'],
    [{ sent_at: 'yesterday' }, 'sent_at: expected an ISO 8601 date and time, found text'],
    [{ read_at: 5 }, 'read_at: expected an ISO 8601 date and time, found a number'],
    [{ status_message: [1] }, 'status_message: expected text or null, found an array'],
  ])('is refused when it is not as documented: %j', async (patch, report) => {
    await using upstream = await startOctopodsEmulator({ rows: [octopodsRow(5)], statusShape: 2 })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
    const error = await upstreamError(Promise.resolve(connect(upstream).get?.('5')))
    expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'main' })
    expect(error.message).toContain(`: ${report}.`)
  })

  it.each([[[]], [null], ['text']])('is refused when it is %j', async (value) => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body: JSON.stringify(value) })
    const error = await upstreamError(Promise.resolve(connect(upstream).get?.('5')))
    expect(error.message).toContain('the whole: expected an object, found ')
  })
})
