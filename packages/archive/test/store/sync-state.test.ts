import type { TimeRange } from '@waybill/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unionRanges } from '../../src/store/coverage.js'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)('$engine: the state of a sync', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('is empty at first', async () => {
    const { archive } = fixture()
    expect(await archive.status('unheard of')).toEqual({
      messageCount: 0,
      deletedCount: 0,
      proven: [],
      rejectedCount: 0,
      headWarnings: [],
      reconcileWarnings: [],
      coverage: [],
      gaps: [],
      lastSyncedAt: null,
      pollIntervalMs: null,
      lastError: null,
    })
    expect(await storeOf(archive).span(SOURCE)).toEqual({
      count: 0,
      deletedCount: 0,
      oldest: null,
      newest: null,
    })
    expect(await storeOf(archive).checkpoint(SOURCE, 'head')).toBeNull()
  })

  it('joins spans that touch, and keeps gaps as they were found', async () => {
    const { archive, commit } = fixture()
    await commit({
      coverage: [
        { from: 100, to: 200 },
        { from: 400, to: 500 },
      ],
    })
    const gap = { from: 200, to: 400, observedAt: 7 }
    await commit({ coverage: [{ from: 150, to: 300 }], gaps: [gap] })
    await commit({
      coverage: [{ from: 0, to: 99 }],
      gaps: [
        { ...gap, observedAt: 9 },
        { from: 5, to: 6, observedAt: 9 },
      ],
    })
    expect(await storeOf(archive).coverage(SOURCE)).toEqual({
      coverage: [
        { from: 0, to: 300 },
        { from: 400, to: 500 },
      ],
      gaps: [{ from: 5, to: 6, observedAt: 9 }, gap],
    })
  })

  it('sets and removes checkpoints, whatever they hold', async () => {
    const { archive, commit } = fixture()
    await commit({ checkpoints: { head: 'a', backfill: 'odd \0 \uD800' } })
    await commit({ checkpoints: { head: 'b' } })
    expect(await storeOf(archive).checkpoint(SOURCE, 'head')).toBe('b')
    expect(await storeOf(archive).checkpoint(SOURCE, 'backfill')).toBe('odd \0 \uD800')
    await commit({ checkpoints: { head: null, never: null } })
    expect(await storeOf(archive).checkpoint(SOURCE, 'head')).toBeNull()
    expect(await storeOf(archive).checkpoint('octo', 'backfill')).toBeNull()
  })

  it('replaces of the progress what is given', async () => {
    const { archive, commit } = fixture()
    const lastError = { code: 'UPSTREAM_TIMEOUT', message: 'Late', retryAfterSeconds: null }
    await commit({ progress: { lastSyncedAt: 5, lastError } })
    await commit({ progress: { pollIntervalMs: 2500.5 } })
    expect(await storeOf(archive).progress(SOURCE)).toEqual({
      lastSyncedAt: 5,
      pollIntervalMs: 2500.5,
      headWarnings: [],
      reconcileWarnings: [],
      lastError,
    })
    await commit({ progress: { lastError: null } })
    expect(await archive.status(SOURCE)).toMatchObject({ lastSyncedAt: 5, lastError: null })
  })

  it('lists what is due, the longest overdue first', async () => {
    const { archive, commit } = fixture()
    const recheck = { reason: 'final', dueAt: 30, attempts: 0 } as const
    await commit({
      rechecks: [
        { ...recheck, upstreamId: '1' },
        { upstreamId: '2\0', reason: 'absence', dueAt: 10, attempts: 2 },
        { ...recheck, upstreamId: '3', dueAt: 20 },
        { ...recheck, upstreamId: '4', dueAt: 99 },
      ],
    })
    const due = await storeOf(archive).due(SOURCE, 30, 10)
    expect(due.map(({ upstreamId }) => upstreamId)).toEqual(['2\0', '3', '1'])
    expect(due[0]).toEqual({ upstreamId: '2\0', reason: 'absence', dueAt: 10, attempts: 2 })
    expect(await storeOf(archive).due(SOURCE, 30, 1)).toHaveLength(1)
    expect(await storeOf(archive).nextDue(SOURCE)).toBe(10)
    await commit({
      settled: ['2\0', '3'],
      rechecks: [{ ...recheck, upstreamId: '1', dueAt: 200, attempts: 1 }],
    })
    expect(await storeOf(archive).due(SOURCE, 1000, 10)).toEqual([
      { ...recheck, upstreamId: '4', dueAt: 99 },
      { ...recheck, upstreamId: '1', dueAt: 200, attempts: 1 },
    ])
  })

  it('lists what is not settled: neither final nor deleted nor planned', async () => {
    const { archive, commit } = fixture()
    await commit({
      messages: [
        message('1', { sentAt: 10 }),
        message('2', { sentAt: 20, status: 'READ' }),
        message('3', { sentAt: 30, status: null }),
        message('4', { sentAt: 40 }),
        message('5', { sentAt: 50, status: 'DELIVERED' }),
        message('6', { sentAt: 60 }),
        message('7', { sentAt: 70 }),
      ],
      rechecks: [{ upstreamId: '4', reason: 'final', dueAt: 1, attempts: 0 }],
    })
    await commit({ deleted: ['6'] })
    const request = { sentAfter: 10, sentBefore: 70, limit: 10 }
    expect(await storeOf(archive).nonFinal(SOURCE, request)).toEqual(['5', '3'])
    expect(
      await storeOf(archive).nonFinal(SOURCE, { ...request, sentAfter: 0, sentBefore: 99, limit: 2 }),
    ).toEqual(['7', '5'])
    expect(await storeOf(archive).idsWithin(SOURCE, { from: 20, to: 60 })).toEqual(['2', '3', '4', '5'])
    expect(await storeOf(archive).span(SOURCE)).toEqual({ count: 7, deletedCount: 1, oldest: 10, newest: 70 })
  })
})

describe('a union of spans', () => {
  const ranges = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2, max: 9 }))
      .map(([from, length]) => ({ from, to: from + length })),
  )
  const timesIn = (spans: readonly TimeRange[]): number[] =>
    Array.from({ length: 60 }, (_, time) => time).filter((time) =>
      spans.some(({ from, to }) => from <= time && time <= to),
    )

  it('holds the same times, in order, with a hole between any two', () => {
    fc.assert(
      fc.property(ranges, (spans) => {
        const union = unionRanges(spans)
        expect(timesIn(union)).toEqual(timesIn(spans))
        for (const [index, { from }] of union.slice(1).entries()) {
          expect(from).toBeGreaterThan((union[index]?.to ?? from) + 1)
        }
      }),
    )
  })
})
