import type { Message, MessageStatus } from '@waybill/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { databaseOf, storeOf } from '../../src/open/archive.js'
import type { Recheck } from '../../src/store/archive-store.js'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 3, 24, 12)
const ALL = { sentAfter: NOW - 7 * DAY_MS, sentBefore: NOW + DAY_MS, limit: 1000 }

/** What a commit brings of one message. */
type Act =
  | { readonly kind: 'listed' | 'told'; readonly id: string; readonly status: MessageStatus | null }
  | { readonly kind: 'deleted' | 'planned' | 'settled'; readonly id: string }

const ids = fc.integer({ min: 1, max: 12 }).map(String)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('listed' as const, 'listed' as const, 'told' as const),
    id: ids,
    status: fc.constantFrom<MessageStatus | null>('SENT', 'DELIVERED', 'READ', 'FAILED', 'DELETED', null),
  }),
  fc.record({ kind: fc.constantFrom('deleted' as const, 'planned' as const, 'settled' as const), id: ids }),
)

/** Some are too old to change: one is sent half a day before the one after. */
function sentAt(id: string): number {
  return NOW - (12 - Number(id)) * 0.75 * DAY_MS
}

function messages(acts: readonly Act[], kind: Act['kind']): Message[] {
  const of = acts.flatMap((each) => (each.kind === kind && 'status' in each ? [each] : []))
  return of.map(({ id, status }) => message(id, { status, sentAt: sentAt(id) }))
}

function idsOf(acts: readonly Act[], kind: Act['kind']): string[] {
  return acts.filter((each) => each.kind === kind).map(({ id }) => id)
}

function planFor(upstreamId: string): Recheck {
  return { upstreamId, reason: 'final', dueAt: NOW, attempts: 0 }
}

describe.each(ENGINES)('$engine: what is unsettled', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('is what may still change and nothing is planned for, whatever was committed', async () => {
    const { archive, commit } = fixture()
    const { db } = databaseOf(archive)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { maxLength: 6 }), { maxLength: 8 }), async (commits) => {
        for (const table of ['messages', 'originals', 'past_versions', 'rechecks', 'non_final'] as const) {
          await db.deleteFrom(table).execute()
        }
        for (const acts of commits) {
          await commit({
            observedAt: NOW,
            messages: messages(acts, 'listed'),
            updates: messages(acts, 'told'),
            deleted: idsOf(acts, 'deleted'),
            rechecks: idsOf(acts, 'planned').map(planFor),
            settled: idsOf(acts, 'settled'),
          })
        }
        const all = Array.from({ length: 12 }, (_, index) => String(12 - index))
        const stored = await storeOf(archive).stored(SOURCE, all)
        const planned = await storeOf(archive).rechecks(SOURCE, all)
        const expected = all.filter((id) => {
          const known = stored.get(id)
          if (known === undefined || known.deleted || planned.has(id)) return false
          const { status } = known.message
          const isFinal = status === 'READ' || status === 'FAILED' || status === 'DELETED'
          return !isFinal && sentAt(id) > ALL.sentAfter
        })
        expect(await storeOf(archive).nonFinal(SOURCE, ALL)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('is forgotten when it has become too old to change', async () => {
    const { archive, commit } = fixture()
    await commit({ observedAt: NOW, messages: [message('1', { sentAt: NOW })] })
    await commit({ observedAt: NOW + 8 * DAY_MS, messages: [] })
    expect(await storeOf(archive).nonFinal(SOURCE, { ...ALL, sentAfter: 0 })).toEqual([])
    const rows = await databaseOf(archive).db.selectFrom('non_final').selectAll().execute()
    expect(rows).toEqual([])
  })

  it('costs no more to find the more is stored', async () => {
    const { archive, commit } = fixture()
    for (let first = 0; first < 6000; first += 2000) {
      const listed = Array.from({ length: 2000 }, (_, index) =>
        message(String(first + index), { sentAt: NOW - index }),
      )
      const rechecks = listed.map(({ upstreamId }) => planFor(upstreamId))
      await commit({ observedAt: NOW, messages: listed, rechecks })
    }
    await commit({ observedAt: NOW, messages: [message('7000', { sentAt: NOW })] })
    expect(await storeOf(archive).nonFinal(SOURCE, ALL)).toEqual(['7000'])
    // Which is all that it reads.
    const rows = await databaseOf(archive).db.selectFrom('non_final').select('id_key').execute()
    expect(rows).toHaveLength(1)
  })
})
