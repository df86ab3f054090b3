import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ArchiveUnavailable, openArchive } from '../../src/index.js'
import { storeOf } from '../../src/open/archive.js'
import { outcomeOf, startOpening } from '../support/child.js'
import { ENGINES, type Place } from '../support/engines.js'
import { message } from '../support/messages.js'
import { openFixture } from '../support/open.js'

/** From before a migration begins to after it has ended. */
const ENDED_AFTER_MS = [0, 3, 6, 10, 20, 40]

describe.each(ENGINES)('$engine: an archive that is opened', ({ createEmptyPlace, runSql }) => {
  let place: Place

  beforeEach(async () => {
    place = await createEmptyPlace()
  })

  afterEach(() => place[Symbol.asyncDispose]())

  async function expectWorking(): Promise<void> {
    const { archive, commit } = await openFixture(place)
    expect(await commit({ messages: [message('1')] })).toEqual({ added: ['1'], changed: [] })
    await archive.close()
  }

  it('is made once by several processes at once', async () => {
    const children = Array.from({ length: 3 }, () => startOpening(place.url))
    const outcomes = await Promise.all(children.map(outcomeOf))
    expect(outcomes).toEqual(children.map(() => ({ output: 'opening\nopen\n', code: 0 })))
    await expectWorking()
  })

  it('is whole after processes that made it were killed', async () => {
    for (const delay of ENDED_AFTER_MS) {
      const child = startOpening(place.url)
      const outcome = outcomeOf(child)
      if (child.stdout !== null) await once(child.stdout, 'data')
      await sleep(delay)
      child.kill('SIGKILL')
      await outcome
    }
    await expectWorking()
  })

  it('keeps what is in it', async () => {
    const first = await openFixture(place)
    await first.commit({ messages: [message('1')] })
    await first.archive.close()
    const again = await openArchive(place)
    expect([...(await storeOf(again).stored('shop', ['1'])).keys()]).toEqual(['1'])
    await again.close()
  })

  it('is refused when a later version made it', async () => {
    await (await openArchive(place)).close()
    await runSql(
      place.url,
      `insert into kysely_migration (name, timestamp) values ('9999-later', '2099-01-01')`,
    )
    const opening = openArchive(place)
    await expect(opening).rejects.toThrow(ArchiveUnavailable)
    await expect(opening).rejects.toThrow('this version of Waybill is not older than the one that created it')
  })
})
