import type { ListRequest, ListResult, MessageProvider } from '@waybill/core'
import { wacr } from '@waybill/provider-wacr'
import { expect, it, onTestFinished } from 'vitest'
import { createSync, openArchive, type SyncResult } from '../../../src/index.js'
import { message } from '../../support/messages.js'

const NOON = Date.UTC(2026, 3, 24, 12)
const DAY_MS = 86_400_000
const ROWS = 30
const POLL = { minPollMs: 5000, maxPollMs: 300_000, maxStalenessMs: 30_000 }
const { capabilities } = wacr({ token: 'token', baseUrl: 'http://127.0.0.1:1' }, { source: 'shop' })

it('ends a comparison with an error where the list goes on for ever without a row that is wanted', async () => {
  const { sync, wait, status } = await startNight(Number.POSITIVE_INFINITY)
  const first = await sync()
  expect(first).toMatchObject({
    isComplete: false,
    error: { code: 'UPSTREAM_INVALID_RESPONSE', message: expect.stringContaining('10000 requests') },
  })
  expect(first?.requests).toBeLessThan(11_000)
  expect((await status()).lastError?.message).toContain('Ask the operator')
  wait(60_000)
  const again = await sync()
  expect(again).toMatchObject({ isComplete: false, error: { code: 'UPSTREAM_INVALID_RESPONSE' } })
  // A poll of so many rows, one to a page, and one step.
  expect(again?.requests).toBeLessThan(200)
})

it.each([3000, 10_050])('ends well behind %d rows that are not wanted', async (count) => {
  const { sync, wait, status } = await startNight(count)
  let result = await sync()
  for (let retry = 0; retry < 30 && result?.error !== null; retry += 1) {
    wait(60_000)
    result = await sync()
  }
  expect(result).toMatchObject({ isComplete: true, error: null })
  expect((await status()).lastError).toBeNull()
})

interface Night {
  sync(): Promise<SyncResult | undefined>
  wait(ms: number): void
  status(): Promise<{ readonly lastError: SyncResult['error'] }>
}

/**
 * An archive of a source that from then on passes over a filter by time, one day later.
 *
 * @param old how many rows it lists that are older than what is compared every night
 */
async function startNight(old: number): Promise<Night> {
  const archive = await openArchive({ url: 'sqlite::memory:' })
  onTestFinished(() => archive.close())
  let now = NOON
  let count = ROWS
  const sync = createSync({
    archive,
    sources: [
      {
        id: 'shop',
        provider: listing(() => count),
        poll: POLL,
        rateLimit: { requests: 1_000_000, perSeconds: 1 },
      },
    ],
    now: () => now,
  })
  await sync.once()
  count += old
  now += 1.1 * DAY_MS
  return {
    sync: async () => (await sync.once())[0],
    wait: (ms) => void (now += ms),
    status: () => archive.status('shop'),
  }
}

/** A source that lists some new messages, and then old ones, one to a page. */
function listing(count: () => number): MessageProvider {
  const { fields } = capabilities
  const times = { gte: 'exact', gt: 'exact', lte: 'exact', lt: 'exact' } as const
  return {
    name: 'endless',
    capabilities: {
      ...capabilities,
      paging: { kind: 'cursor', maxPageSize: 1 },
      fields: {
        ...fields,
        direction: { domain: { kind: 'absent' } },
        sentAt: { ...fields.sentAt, operators: times },
      },
      sorts: [{ field: 'createdAt', direction: 'desc' }],
      totals: 'never',
      maxSkewMs: 0,
    },
    async list({ page }: ListRequest, call): Promise<ListResult> {
      call?.beforeAttempt?.()
      const nth = page.kind === 'cursor' && page.after !== null ? Number(page.after) + 1 : 0
      const sentAt = nth < ROWS ? NOON - nth * 1000 : NOON - 100 * DAY_MS - nth * 1000
      return {
        messages: [message(String(nth), { direction: null, sentAt })],
        parameters: [],
        cursor: { cursors: [String(nth)], hasNextPage: nth + 1 < count(), total: null },
      }
    },
  }
}
