import { setTimeout as wait } from 'node:timers/promises'
import { plainWacrRow } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { createPostgresPlace } from '../../../../test/support/database-places.js'
import { clientOf } from '../server/support/harness.js'
import { emptyArchive, startUpstreams, type Upstreams } from './support/archived-server.js'
import { type Replicas, SOURCES, startReplicas } from './support/replicas.js'
import { type Event, subscribe } from './support/subscribe.js'

const FAILOVERS = Number(process.env['WAYBILL_FAILOVERS'] ?? 1)
const SERVERS = 3
const FOLLOWERS = 4
/** After so many, the writing pauses until every follower has everything, and all is compared. */
const FAILOVERS_BETWEEN_CHECKS = 25
const MS_BETWEEN_ROWS = 60
/** How far the slowest follower may lie behind before the writing waits. */
const MOST_BEHIND = 30

/** A server that was killed in the middle of a step keeps the lease of the source until it ends. */
const TAKEOVER = { timeout: 120_000, interval: 100 }

const QUERY =
  'subscription ($after: ID) { messageEvents(after: $after) { id kind source { key } message { upstreamId status } } }'

/** The ids of the messages that were created, by source, in the order in which a follower received them. */
type Received = ReadonlyMap<string, string[]>

/** Follows by whichever server answers, always after the last event that arrived. What it received grows. */
function follow(replicas: Replicas): { readonly received: Received; readonly ready: Promise<void> } {
  const received = new Map(SOURCES.map((source) => [source, [] as string[]]))
  const ending = new AbortController()
  onTestFinished(() => ending.abort())
  let after: string | null = null
  const onEvent = ({ id, kind, source, message }: Event): void => {
    after = id
    if (kind === 'CREATED') received.get(source?.key ?? '')?.push(message?.upstreamId ?? '')
  }
  // Within a list, so that it is not awaited here.
  const connect = async (): Promise<Promise<void>[]> => [
    (await subscribe(replicas.next(), { query: QUERY, variables: { after }, onEvent })).ended,
  ]
  const first = connect()
  void (async () => {
    await Promise.all(await first)
    while (!ending.signal.aborted) {
      // A server that was killed just now does not answer: another one does.
      await Promise.all(await connect().catch(() => [wait(20)]))
    }
  })()
  return { received, ready: first.then(() => undefined) }
}

type Follower = ReturnType<typeof follow>

/** Whoever has not received an event yet has no place to go on from: from here on, each follower has one. */
async function beginTogether(followers: readonly Follower[], writing: Writing): Promise<void> {
  const lists = followers.flatMap(({ received }) => [...received.values()])
  await expect.poll(() => lists.every(({ length }) => length > 2), TAKEOVER).toBe(true)
  const written = writing.pause()
  const isComplete = (ids: readonly string[]): boolean => {
    const first = Math.min(...ids.map(Number))
    return written.every((id) => Number(id) < first || ids.includes(id))
  }
  await expect.poll(() => lists.every(isComplete), TAKEOVER).toBe(true)
  for (const list of [written, ...lists]) list.length = 0
  writing.resume()
}

interface Writing {
  /** @returns what was written so far */
  pause(): string[]
  resume(): void
}

/** Sends messages one after the other, no faster than they are received. */
function startWriting({ wacr }: Upstreams, followers: readonly Follower[]): Writing {
  const written: string[] = []
  let last = 1
  const write = (): void => {
    const lengths = followers.flatMap(({ received }) => [...received.values()].map(({ length }) => length))
    if (written.length - Math.min(...lengths) > MOST_BEHIND) return
    last += 1
    wacr.table.insert(plainWacrRow(last))
    written.push(String(last))
  }
  let timer = setInterval(write, MS_BETWEEN_ROWS)
  const stop = (): void => clearInterval(timer)
  onTestFinished(stop)
  return {
    pause: () => {
      stop()
      return written
    },
    resume: () => {
      timer = setInterval(write, MS_BETWEEN_ROWS)
    },
  }
}

test(
  'who follows by three servers misses and repeats nothing when one of them is killed',
  async () => {
    const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1)] } })
    const archive = await emptyArchive(createPostgresPlace)
    const replicas = await startReplicas({ count: SERVERS, archive, upstreams })
    const stored = async (): Promise<unknown> =>
      (await clientOf(replicas.next()).ask('{ messages { totalCount } }')).data
    await expect.poll(stored, TAKEOVER).toEqual({ messages: { totalCount: SOURCES.length } })
    const followers = Array.from({ length: FOLLOWERS }, () => follow(replicas))
    await Promise.all(followers.map(({ ready }) => ready))
    const writing = startWriting(upstreams, followers)
    await beginTogether(followers, writing)
    for (let failover = 1; failover <= FAILOVERS; failover += 1) {
      await wait(100 + ((failover * 137) % 400))
      await replicas.replaceOne(failover % SERVERS)
      if (failover % FAILOVERS_BETWEEN_CHECKS !== 0 && failover !== FAILOVERS) continue
      const written = writing.pause()
      for (const { received } of followers) {
        for (const [source, ids] of received) {
          await expect.poll(() => ids.length, TAKEOVER).toBeGreaterThanOrEqual(written.length)
          const inOrder = followers[0]?.received.get(source)
          expect(ids).toEqual(inOrder)
          expect(ids.toSorted(byNumber)).toEqual(written)
        }
      }
      writing.resume()
    }
    writing.pause()
  },
  180_000 + FAILOVERS * 20_000,
)

function byNumber(one: string, other: string): number {
  return Number(one) - Number(other)
}
