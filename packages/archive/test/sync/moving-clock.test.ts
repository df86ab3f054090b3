import { expect, test } from 'vitest'
import { createSync, openArchive } from '../../src/index.js'
import { shopRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

test('time that goes by while it is read what is due keeps nothing from being done', async () => {
  const { source } = await startShop({ rows: shopRows(3) })
  const archive = await openArchive({ url: 'sqlite::memory:' })
  let looks = 0
  const stop = new AbortController()
  const polled = Promise.withResolvers<string>()
  const sync = createSync({
    archive,
    sources: [source],
    now: () => Date.now() + (looks += 1),
    onEvent: ({ kind }) => polled.resolve(kind),
  })
  const done = sync.watch(stop.signal)
  expect(await polled.promise).toBe('synced')
  stop.abort()
  await done
  await sync.close()
  await archive.close()
})
