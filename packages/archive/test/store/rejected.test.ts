import type { RejectedRow } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { useArchive, SOURCE } from '../support/open.js'
import { storeOf } from '../../src/open/archive.js'

function row(upstreamId: string | null, raw: unknown, reason = 'sent_at: a time was expected'): RejectedRow {
  return { position: 0, upstreamId, reason, raw }
}

describe.each(ENGINES)('$engine: rows that are set aside', ({ createPlace }) => {
  const fixture = useArchive(createPlace)
  const kept = async () =>
    (await storeOf(fixture().archive).rejected(SOURCE, 10)).map(({ upstreamId, firstSeen, lastSeen }) => [
      upstreamId,
      firstSeen,
      lastSeen,
    ])

  it('are kept once each, with when they were first and last seen', async () => {
    const { commit } = fixture()
    await commit({ observedAt: 1, rejected: [row('7', { a: 1 }), row(null, { b: 1 }), row(null, 'text')] })
    await commit({
      observedAt: 2,
      rejected: [row('7', { a: 2 }, 'status: a word was expected'), row(null, { b: 1 })],
    })
    expect(await kept()).toEqual([
      ['7', 1, 2],
      [null, 1, 2],
      [null, 1, 1],
    ])
    expect(await storeOf(fixture().archive).rejected(SOURCE, 1)).toMatchObject([
      { reason: 'status: a word was expected' },
    ])
    expect(await storeOf(fixture().archive).rejectedCount('another')).toEqual({ count: 0, unstored: 0 })
  })

  it('are so no more once they come as messages, by their id or by what was sent', async () => {
    const { commit } = fixture()
    const rejected = [row('7', { a: 1 }), row(null, { id: 8 }), row('9', { a: 9 }), row(null, null)]
    await commit({ observedAt: 1, rejected })
    await commit({ observedAt: 2, messages: [message('7'), message('8', { raw: { id: 8 } })] })
    expect(await kept()).toEqual([
      ['9', 1, 1],
      [null, 1, 1],
    ])
    // A second row of one id is set aside beside the message, until the message comes without it.
    await commit({ observedAt: 3, rejected: [row('9', { a: 9 })], messages: [message('9')] })
    expect(await kept()).toEqual([
      ['9', 3, 3],
      [null, 1, 1],
    ])
    await commit({ observedAt: 4, messages: [message('9', { text: 'again' })] })
    expect(await kept()).toEqual([[null, 1, 1]])
  })

  it('count as missing only where no earlier form of them is stored', async () => {
    const { archive, commit } = fixture()
    await commit({ observedAt: 1, messages: [message('7'), message('8')] })
    await commit({
      observedAt: 2,
      deleted: ['8'],
      rejected: [row('7', {}), row('8', {}), row('9', {}), row(null, {})],
    })
    expect(await storeOf(archive).rejectedCount(SOURCE)).toEqual({ count: 4, unstored: 3 })
  })

  it('are forgotten where they were not seen since', async () => {
    const { commit } = fixture()
    await commit({ observedAt: 1, rejected: [row('7', {}), row('8', {})] })
    await commit({ observedAt: 5, rejected: [row('8', {})], rejectedSeenSince: 4 })
    expect(await kept()).toEqual([['8', 1, 5]])
  })
})
