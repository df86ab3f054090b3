import { createRandom, type Random } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine, type Engine, type MessagePage, type MessagesQuery } from '../../src/index.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const ROWS = wacrRows(1000)
const IDS = ROWS.map(({ id }) => String(id)).toReversed()
const READERS = 64

/** One of many who read the same list, each at its own pace. */
class Reader {
  readonly pages: MessagePage[] = []
  readonly #engine: Engine
  readonly #query: MessagesQuery

  constructor(engine: Engine, first: number) {
    this.#engine = engine
    this.#query = { first, fields: new Set(['text']) }
  }

  get ended(): boolean {
    return this.pages.at(-1)?.pageInfo.hasNextPage === false
  }

  async readOn(): Promise<void> {
    const after = this.pages.at(-1)?.pageInfo.endCursor
    this.pages.push(await this.#engine.messages({ ...this.#query, after }))
  }
}

/** All begin together; then a few at a time read one page more, whoever it may be. */
async function readAtWill(readers: readonly Reader[], random: Random): Promise<void> {
  await Promise.all(readers.map((reader) => reader.readOn()))
  for (let reading = readers.filter(isReading); reading.length > 0; reading = reading.filter(isReading)) {
    const some = Array.from({ length: 5 }, () => reading[random.integer(0, reading.length - 1)])
    await Promise.all([...new Set(some)].map(async (reader) => reader?.readOn()))
  }
}

function isReading(reader: Reader): boolean {
  return !reader.ended
}

async function costOfOne(first: number): Promise<number> {
  const shop = await startWacr('shop', { rows: ROWS })
  await traverse(createEngine({ sources: [shop.source] }), { first, fields: new Set(['text']) })
  return shop.emulator.log.length
}

it.each([20, 100, 500])(
  'sends the requests of one for sixty-four equal traversals, however far they lag behind each other: first %i',
  async (first) => {
    const shop = await startWacr('shop', { rows: ROWS })
    const engine = createEngine({ sources: [shop.source] })
    const readers = Array.from({ length: READERS }, () => new Reader(engine, first))
    await readAtWill(readers, createRandom(first))
    for (const { pages } of readers) expect(idsOf(pages.flatMap((page) => page.edges))).toEqual(IDS)
    expect(shop.emulator.log.length).toBe(await costOfOne(first))
    expectHonestReports(
      readers.flatMap(({ pages }) => pages),
      [shop],
    )
  },
)

it('shares pages between traversals that take them in pieces of different size', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const engine = createEngine({ sources: [shop.source] })
  const readers = Array.from({ length: READERS }, (_, index) => new Reader(engine, 20 + 7 * index))
  await readAtWill(readers, createRandom(3))
  for (const { pages } of readers) expect(idsOf(pages.flatMap((page) => page.edges))).toEqual(IDS)
  expect(shop.emulator.log.length).toBeLessThanOrEqual(1.15 * 10 + 1)
})

it('spares one that begins later what is still to come for the one before', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const engine = createEngine({ sources: [shop.source] })
  const early = new Reader(engine, 100)
  for (let page = 0; page < 5; page += 1) await early.readOn()
  const halfway = shop.emulator.log.length
  const late = new Reader(engine, 100)
  await late.readOn()
  while (!early.ended) await early.readOn()
  while (!late.ended) await late.readOn()
  expect(shop.emulator.log.length).toBe((await costOfOne(100)) + halfway)
})
