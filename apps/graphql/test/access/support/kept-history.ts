import { type Archive, createSync, openArchive } from '@waybill/archive'
import type { Message, MessageProvider } from '@waybill/core'
import type { ConfiguredSource } from '@waybill/runtime'
import { arrayProvider } from '../../server/support/array-provider.js'

const HOUR_MS = 3_600_000
const NEVER = { minPollMs: HOUR_MS, maxPollMs: HOUR_MS, maxStalenessMs: HOUR_MS }

/** A source that is read from an archive, with what the upstream listed at several times. */
export interface KeptHistory extends AsyncDisposable {
  readonly archive: Archive
  readonly source: ConfiguredSource
  /** How many events the archive has of it. */
  readonly events: number
}

/**
 * Archives a history under an id.
 * @param versions what the upstream listed, one time after the other
 * @param describeStatus what a request for a single message tells of its status
 */
export async function keepHistory(
  id: string,
  versions: readonly (readonly Message[])[],
  describeStatus: (upstreamId: string) => string | null,
): Promise<KeptHistory> {
  const archive = await openArchive({ url: 'sqlite::memory:' })
  let upstream: MessageProvider = arrayProvider()
  for (const messages of versions) {
    const { get, ...listing } = arrayProvider({ messages })
    upstream = {
      ...listing,
      get: async (upstreamId, call) => {
        const single = (await get?.(upstreamId, call)) ?? null
        return (
          single && { ...single, detail: { ...single.detail, statusMessage: describeStatus(upstreamId) } }
        )
      },
    }
    const sync = createSync({ archive, sources: [{ id, provider: upstream, poll: NEVER }] })
    await sync.once()
    await sync.close()
  }
  return {
    archive,
    events: eventsOf(versions),
    source: {
      id,
      label: id,
      upstream,
      provider: archive.source({ id, provider: upstream, maxStalenessMs: HOUR_MS }),
      read: 'archive',
    },
    [Symbol.asyncDispose]: () => archive.close(),
  }
}

/** One for each message that is new, and one for each that has changed since. */
function eventsOf(versions: readonly (readonly Message[])[]): number {
  const known = new Map<string, string>()
  let events = 0
  for (const message of versions.flat()) {
    const { upstreamId } = message
    const content = JSON.stringify(message)
    if (known.get(upstreamId) !== content) events += 1
    known.set(upstreamId, content)
  }
  return events
}
