import { randomBytes } from 'node:crypto'
import { createSync, openArchive } from '@waybill/archive'
import { expect, onTestFinished, test } from 'vitest'
import { createEmptyPostgresPlace } from '../../../../test/support/database-places.js'
import { arrayProvider } from '../server/support/array-provider.js'
import { startHarness } from '../server/support/harness.js'
import { message } from '../server/support/message.js'

const COUNT = 1500
/** Noise, which does not become smaller when it is compressed: more than fits between server and client. */
const MESSAGES = Array.from({ length: COUNT }, (_, index) =>
  message(index, { raw: { noise: randomBytes(9000).toString('base64') } }),
)

test('a download ends without its end when the database is lost in the middle of it', async () => {
  const place = await createEmptyPostgresPlace()
  const archive = await openArchive({ url: place.url })
  onTestFinished(async () => {
    await archive.close()
    await place[Symbol.asyncDispose]()
  })
  const provider = arrayProvider({ messages: MESSAGES })
  const poll = { minPollMs: 600_000, maxPollMs: 600_000, maxStalenessMs: 600_000 }
  const sync = createSync({ archive, sources: [{ id: 'shop', provider, poll }] })
  expect(await sync.once()).toMatchObject([{ added: COUNT }])
  await sync.close()

  const shop = archive.source({ id: 'shop', provider, maxStalenessMs: 600_000 })
  const sources = [
    { id: 'shop', label: 'shop', provider: shop, upstream: provider, read: 'archive' } as const,
  ]
  const { url, log } = await startHarness({ sources, archive })
  const formats = ['ndjson', 'csv', 'xlsx']
  const answers = await Promise.all(
    formats.map((format) => fetch(`${url}/messages.${format}?fields=upstreamId,raw`)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  // The server of the database ends all connections to it, and lets nobody in again.
  await place[Symbol.asyncDispose]()
  const ends = await Promise.allSettled(answers.map((answer) => answer.arrayBuffer()))
  expect(ends.map((end) => end.status === 'rejected' && String(end.reason))).toEqual(
    formats.map(() => 'TypeError: terminated'),
  )
  const broken = log.filter((line) => line.message === 'A download was broken off')
  expect(broken.map(({ code }) => code)).toEqual(formats.map(() => 'ARCHIVE_UNAVAILABLE'))
})
