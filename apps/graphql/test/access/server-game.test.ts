import { WaybillError } from '@waybill/core'
import type { Engine, MessagePage } from '@waybill/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { histories } from './support/game-histories.js'
import { gameRequest } from './support/game-requests.js'
import { BEGINNING, keep, type Kept, type Leak, startGameServer } from './support/game-server.js'

const ROUNDS = Number(process.env['WAYBILL_ROUNDS'] ?? 75)
const ROUNDS_A_PAIR = 25
const SEED = 20261129

interface Game {
  readonly pair: readonly Kept[]
  readonly rounds: number
  readonly seed: number
  readonly leak?: Leak
}

/** Plays until an answer tells two histories apart: the two answers, and what was asked; null where none does. */
async function play({ pair, rounds, seed, leak }: Game): Promise<unknown> {
  const servers = await Promise.all(pair.map((kept) => startGameServer(kept, leak)))
  try {
    const outcome = await fc.check(
      fc.asyncProperty(gameRequest(BEGINNING), async (asked) => {
        const [one, other] = await Promise.all(servers.map((server) => server.play(asked)))
        expect(one).toBe(other)
      }),
      { numRuns: rounds, seed, unbiased: true, endOnFailure: true },
    )
    return outcome.failed ? [outcome.errorInstance, outcome.counterexample] : null
  } finally {
    for (const server of servers) await server[Symbol.asyncDispose]()
  }
}

function keepPair(seed: number): Promise<readonly Kept[]> {
  const [pair = []] = fc.sample(histories, { numRuns: 1, seed, unbiased: true })
  return Promise.all(pair.map(keep))
}

test(
  'without messages:content no answer, header, log or work of a server tells two histories apart that differ in content alone',
  async () => {
    for (let seed = SEED; seed < SEED + ROUNDS / ROUNDS_A_PAIR; seed += 1) {
      const pair = await keepPair(seed)
      expect(await play({ pair, rounds: ROUNDS_A_PAIR, seed })).toBeNull()
      for (const kept of pair) await kept[Symbol.asyncDispose]()
    }
  },
  120_000 + ROUNDS * 200,
)

/** The caller's engine, but for its pages, which are changed by what is really there. */
function pages(
  engine: Engine,
  full: Engine,
  change: (page: MessagePage, real: MessagePage) => MessagePage,
): Engine {
  return {
    ...engine,
    messages: async (query) =>
      change(await engine.messages(query), await full.messages({ ...query, after: null, fields: null })),
  }
}

const textsOf = ({ edges }: MessagePage): (string | null)[] => edges.map(({ message: { text } }) => text)

const LEAKS: readonly (readonly [what: string, leak: Leak])[] = [
  ['shows the details that the archive has', (view, { showRecord }) => ({ ...view, showRecord })],
  [
    'shows how often the archive saw an edit',
    (view, { showRecord }) => ({
      ...view,
      showRecord: (record) => ({
        ...view.showRecord(record),
        textHistory: showRecord(record).textHistory.map((version) => ({ ...version, text: null })),
      }),
    }),
  ],
  ['shows the messages of events', (view, { show }) => ({ ...view, show })],
  ['lets events be chosen by numbers', (view, { checkFilter }) => ({ ...view, checkFilter })],
  [
    'compares logs by numbers, texts and ids of WhatsApp',
    (view, { seesContent }) => ({ ...view, seesContent }),
  ],
  [
    'writes content into files',
    (view, { engine }) => ({ ...view, engine: { ...view.engine, traverse: engine.traverse } }),
  ],
  [
    'counts what is searched for',
    (view, { engine }) => ({ ...view, engine: { ...view.engine, counts: engine.counts } }),
  ],
  [
    'looks messages up with their content',
    (view, { engine }) => ({ ...view, engine: { ...view.engine, lookups: engine.lookups } }),
  ],
  [
    'shows that there is a reason where a failure has no code',
    (view, { engine }) => ({
      ...view,
      engine: pages(view.engine, engine, (page, real) => ({
        ...page,
        edges: page.edges.map((edge, index) => {
          const failure = real.edges[index]?.message.failure ?? null
          return {
            source: edge.source,
            message: { ...edge.message, failure: failure && { ...failure, reason: null } },
            cursor: edge.cursor,
          }
        }),
      })),
    }),
  ],
  [
    'names a text in an error',
    (view, { engine }) => ({
      ...view,
      engine: pages(view.engine, engine, (page, real) => {
        const long = textsOf(real).find((text) => (text?.length ?? 0) > 1000)
        if (long !== undefined) throw new WaybillError('BAD_USER_INPUT', 'A text is too long.')
        return page
      }),
    }),
  ],
  [
    'reports what it finds in texts',
    (view, { engine }) => ({
      ...view,
      engine: pages(view.engine, engine, (page, real) => ({
        ...page,
        reports: page.reports.map((report) =>
          textsOf(real).some((text) => text?.includes('code'))
            ? { ...report, completeness: 'UNPROVEN' }
            : report,
        ),
      })),
    }),
  ],
  [
    'works longer for a code',
    (view, { engine }) => ({
      ...view,
      engine: {
        ...view.engine,
        messages: async (query) => {
          const real = await engine.messages({ ...query, after: null, fields: null })
          if (textsOf(real).some((text) => text?.includes('code'))) await engine.message('live', '11')
          return view.engine.messages(query)
        },
      },
    }),
  ],
]

describe('the game finds a server that', () => {
  const PAIRS = 3
  let pairs: readonly (readonly Kept[])[] = []
  beforeAll(async () => {
    pairs = await Promise.all(Array.from({ length: PAIRS }, (_, index) => keepPair(SEED + 10 + index)))
  })
  afterAll(async () => {
    for (const kept of pairs.flat()) await kept[Symbol.asyncDispose]()
  })

  test.each(LEAKS)('%s', async (_, leak) => {
    const found: unknown[] = []
    for (const [index, pair] of pairs.entries())
      if (found.length === 0)
        found.push(
          ...[await play({ pair, rounds: 100, seed: SEED + index, leak })].filter((each) => each !== null),
        )
    expect(found).toHaveLength(1)
  })
})
