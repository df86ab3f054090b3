import { setTimeout as wait } from 'node:timers/promises'
import { plainWacrRow } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { createPostgresPlace } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { type Replicas, startReplicas } from './support/replicas.js'
import { type Event, subscribe } from './support/subscribe.js'
import { PATIENCE } from './support/wait.js'

const FAILOVERS = Number(process.env['WAYBILL_FAILOVERS'] ?? 1)
const SERVERS = 3
const FOLLOWERS = 4
const ROWS_PER_FAILOVER = 6

/** A server that was killed in the middle of a step keeps the lease of the source until it ends. */
const TAKEOVER = { timeout: 90_000, interval: 100 }

const QUERY =
  'subscription ($after: ID) { messageEvents(after: $after) { id kind message { upstreamId status } } }'

/** Follows by whichever server answers, always after the last event that arrived. What it received grows. */
async function follow(replicas: Replicas): Promise<readonly Event[]> {
  const received: Event[] = []
  const ending = new AbortController()
  onTestFinished(() => ending.abort())
  const connect = async (): Promise<Promise<void>[]> => {
    const { ended } = await subscribe(replicas.next(), {
      query: QUERY,
      variables: { after: received.at(-1)?.id ?? null },
      onEvent: (event) => received.push(event),
    })
    // Within a list, so that it is not awaited here.
    return [ended]
  }
  const first = await connect()
  void (async () => {
    await Promise.all(first)
    while (!ending.signal.aborted) {
      // A server that was killed just now does not answer: another one does.
      const connection = await connect().catch(() => [wait(20)])
      await Promise.all(connection)
    }
  })()
  return received
}

test(
  'who follows by three servers misses and repeats nothing when one of them is killed',
  async () => {
    const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1)] } })
    const archive = await emptyArchive(createPostgresPlace)
    const { ask } = await serve(upstreams, { archive })
    await expect
      .poll(async () => (await ask('{ messages { totalCount } }')).data, PATIENCE)
      .toEqual({ messages: { totalCount: 1 } })
    const replicas = await startReplicas({ count: SERVERS, archive, upstreams })
    const followers = await Promise.all(Array.from({ length: FOLLOWERS }, () => follow(replicas)))
    let last = 1
    for (let round = 0; round < FAILOVERS; round += 1) {
      const killedAfter = (round * 7) % ROWS_PER_FAILOVER
      let replacing: Promise<void> | null = null
      for (let index = 0; index < ROWS_PER_FAILOVER; index += 1) {
        last += 1
        upstreams.wacr.table.insert(plainWacrRow(last))
        if (index === killedAfter) replacing = replicas.replaceOne(round % SERVERS)
        await wait((round * 13 + index * 29) % 90)
      }
      const created = Array.from({ length: last - 1 }, (_, index) => String(index + 2))
      for (const events of followers) {
        await expect
          .poll(() => events.filter(({ kind }) => kind === 'CREATED').length, TAKEOVER)
          .toBeGreaterThanOrEqual(created.length)
      }
      await replacing
      const [ids = []] = followers.map((events) => events.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
      for (const events of followers) {
        expect(events.map(({ id }) => id)).toEqual(ids)
        const seen = events.filter(({ kind }) => kind === 'CREATED').map(({ message }) => message?.upstreamId)
        expect(new Set(seen)).toEqual(new Set(created))
        expect(seen).toHaveLength(created.length)
      }
    }
  },
  120_000 + FAILOVERS * 60_000,
)
