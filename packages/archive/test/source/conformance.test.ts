import { registerConformance } from '@waybill/testkit'
import { afterAll, describe, it } from 'vitest'
import { openArchive } from '../../src/index.js'
import { archiveWorld, UPSTREAMS } from '../support/conformance-world.js'
import { ENGINES } from '../support/engines.js'

for (const { engine, createPlace } of ENGINES) {
  const place = await createPlace()
  const archive = await openArchive({ url: place.url })

  afterAll(async () => {
    await archive.close()
    await place[Symbol.asyncDispose]()
  })

  describe(`${engine}: the archived source`, () => {
    for (const [name, fields] of Object.entries(UPSTREAMS)) {
      describe(`of an upstream ${name}`, () => {
        registerConformance({ describe, it }, archiveWorld(archive, fields, [secretOf(place.url)]))
      })
    }
  })
}

/** Of an archive's URL nothing may be seen, least of all the password. */
function secretOf(url: string): string {
  return new URL(url).password || url.slice('sqlite:'.length)
}
