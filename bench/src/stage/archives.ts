import { createSync, openArchive } from '@waybill/archive'
import { SOURCE, STEP_MS } from '../archive/messages.ts'
import { generatedProvider } from '../archive/source.ts'
import type { Multiplication } from './multiply-archive.ts'

/** Longer than any run: nothing is polled while something is measured. */
const NEVER_SECONDS = 100_000

/** Fills an archive with so many believable messages of one source, as its sync does. */
export async function fillArchive(url: string, count: number, source = SOURCE): Promise<void> {
  const archive = await openArchive({ url })
  const poll = {
    minPollMs: NEVER_SECONDS * 1000,
    maxPollMs: NEVER_SECONDS * 1000,
    maxStalenessMs: NEVER_SECONDS * 1000,
  }
  const rateLimit = { requests: 1_000_000, perSeconds: 1 }
  const sync = createSync({
    archive,
    sources: [{ id: source, provider: generatedProvider(count), poll, rateLimit }],
  })
  await sync.once()
  await sync.close()
  await archive.close()
}

/** More are not filled by a sync, but copied. */
const MOST_SYNCED = 30_000
const HOUR_MS = 3_600_000

/** How an archive of so many messages is made from a smaller one; null where it is small itself. */
export function multiplicationFor(count: number): Multiplication | null {
  if (count <= MOST_SYNCED) return null
  let times = Math.ceil(count / MOST_SYNCED)
  while (count % times !== 0) times += 1
  const one = count / times
  // An hour more than they take, since some are sent a little before or after the others.
  return { count: one, times, spanMs: (Math.ceil((one * STEP_MS) / HOUR_MS) + 1) * HOUR_MS }
}

/** The configuration of a server that reads such an archive, and asks nothing of its upstreams. */
export function archiveConfiguration(
  url: string,
  ids: readonly string[] = [SOURCE],
): Readonly<Record<string, unknown>> {
  const sources = ids.map((id) => ({
    id,
    provider: '@waybill/provider-wacr',
    options: { token: 'unused', baseUrl: 'http://127.0.0.1:1/api/v2' },
    sync: {
      minPollSeconds: NEVER_SECONDS,
      maxPollSeconds: NEVER_SECONDS,
      maxStalenessSeconds: NEVER_SECONDS,
    },
  }))
  return { sources, archive: { url } }
}
