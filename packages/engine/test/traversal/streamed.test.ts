import {
  type ListPiece,
  type ListRequest,
  type ListResult,
  type Message,
  type MessageProvider,
  UpstreamError,
} from '@waybill/core'
import { expect, test } from 'vitest'
import { createEngine, type Engine, type TraversalPiece } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'
import { piecesOf } from '../support/traverse.js'

const COUNT = 60

/** What a stream does otherwise than it should. */
interface Behavior {
  /** What becomes of each piece. */
  readonly change?: (messages: readonly Message[]) => readonly Message[]
  /** After so many messages of a stream it fails. */
  readonly failAfter?: number
  /** Declares of each piece that the one after it is at hand. */
  readonly isAtHand?: boolean
}

/** A source with cursors, each the position of a message, that can stream. */
function streamingSource(
  id: string,
  behavior: Behavior = {},
): { provider: MessageProvider; ended: () => number } {
  const base = memoryProvider(
    Array.from({ length: COUNT }, (_, index) => ({
      upstreamId: `${id}${index}`,
      sentAt: index * 1000,
      status: index % 3 === 0 ? 'FAILED' : 'READ',
    })),
    { status: { domain: { kind: 'text', nullable: true }, operators: { eq: 'exact' } } },
  ).provider
  const whole = async (request: Omit<ListRequest, 'page'>): Promise<readonly Message[]> =>
    (await base.list({ ...request, page: { kind: 'page', number: 1, size: COUNT } })).messages
  const placeOf = (after: string | null): number => (after === null ? 0 : Number(after))
  let ended = 0
  const provider: MessageProvider = {
    ...base,
    capabilities: { ...base.capabilities, paging: { kind: 'cursor', maxPageSize: 500 } },
    list: async ({ page, ...request }): Promise<ListResult> => {
      if (page.kind !== 'cursor') throw new TypeError('This source is read by cursors.')
      const [all, from] = [await whole(request), placeOf(page.after)]
      const messages = all.slice(from, from + page.limit)
      const cursors = messages.map((_, index) => String(from + index + 1))
      const hasNextPage = all.length > from + page.limit
      return { messages, parameters: [], cursor: { cursors, hasNextPage, total: all.length } }
    },
    async *stream({ after, size, ...request }): AsyncGenerator<ListPiece, void> {
      try {
        const all = await whole(request)
        for (let from = placeOf(after); from < all.length; from += size) {
          if (from - placeOf(after) >= (behavior.failAfter ?? COUNT))
            throw new UpstreamError('UPSTREAM_UNAVAILABLE', 'Away.', { source: id })
          const messages = all.slice(from, from + size)
          const begin = from
          yield {
            messages: behavior.change?.(messages) ?? messages,
            records: null,
            isContinued: behavior.isAtHand === true && from + size < all.length,
            cursorAt: (position) => String(begin + position + 1),
          }
        }
      } finally {
        ended += 1
      }
    },
  }
  return { provider, ended: () => ended }
}

function engineOver(behaviors: Readonly<Record<string, Behavior>>): Engine {
  const sources = Object.entries(behaviors).map(([id, behavior]) => ({
    id,
    provider: streamingSource(id, behavior).provider,
  }))
  return createEngine({ sources })
}

function idsOf(pieces: readonly TraversalPiece[]): string[] {
  return pieces.flatMap(({ messages }) => messages.map(({ message }) => message.upstreamId))
}

/** The newest first, of equal times those of source `a` first. */
const MERGED = Array.from({ length: COUNT }, (_, index) => [
  `a${COUNT - 1 - index}`,
  `b${COUNT - 1 - index}`,
]).flat()

test('two streams are merged in the order of the connection, and cost one request for a piece', async () => {
  const pieces = await piecesOf(engineOver({ b: {}, a: {} }), { first: 5 })
  expect(idsOf(pieces)).toEqual(MERGED)
  // The first page, at most one piece for each that a source has, and the last page.
  expect(pieces.length).toBeLessThanOrEqual(2 + 2 * (COUNT / 20))
})

test.each<readonly [string, Behavior]>([
  ['streams rows in another order', { change: (messages) => messages.toReversed() }],
  [
    'streams rows that the filter excludes',
    { change: (messages) => messages.map((each) => ({ ...each, status: 'SENT' })) },
  ],
  ['streams pieces without rows', { change: () => [] }],
])('a source that %s is read page by page instead', async (_, behavior) => {
  const filter = [{ field: 'status', operator: 'eq', values: ['READ'] } as const]
  const engine = engineOver({ a: behavior })
  const expected = await piecesOf(engineOver({ a: {} }), { filter, first: 4 })
  const pieces = await piecesOf(engine, { filter, first: 4 })
  expect(idsOf(pieces)).toEqual(idsOf(expected))
  expect(idsOf(pieces)).toHaveLength(40)
})

test('a message without an id breaks the contract of providers', async () => {
  const change = (messages: readonly Message[]): Message[] =>
    messages.map((each) => ({ ...each, upstreamId: '' }))
  const reading = piecesOf(engineOver({ a: { change } }), { first: 4 })
  await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' })
})

test.each<readonly [string, Readonly<Record<string, Behavior>>, readonly boolean[]]>([
  ['has rows at hand', { a: { isAtHand: true } }, [false, true, false, false]],
  ['has to be waited for', { a: {} }, [false, false, false, false]],
])('a piece of a source that %s says whether another one comes at once', async (_, behaviors, expected) => {
  const pieces = await piecesOf(engineOver(behaviors), { first: 5 })
  expect(pieces.map(({ isContinued }) => isContinued)).toEqual(expected)
})

test('a piece of two sources comes at once only where the one that ran out of rows has more at hand', async () => {
  const isStreamContinued = async (
    behaviors: Readonly<Record<string, Behavior>>,
  ): Promise<boolean | undefined> => {
    const [, streamed] = await piecesOf(engineOver(behaviors), { first: 5 })
    return streamed?.isContinued
  }
  // The last row of the first page is one of `a`, so that the rows of `b` run out first.
  expect(await isStreamContinued({ a: {}, b: { isAtHand: true } })).toBe(true)
  expect(await isStreamContinued({ a: { isAtHand: true }, b: {} })).toBe(false)
})

test('a traversal that failed is continued from the cursor of its last piece', async () => {
  const engine = engineOver({ a: { failAfter: 20 }, b: {} })
  const pieces: TraversalPiece[] = []
  for (let after: string | null | undefined; after !== null;) {
    try {
      for await (const piece of engine.traverse({ first: 5, after })) {
        pieces.push(piece)
        after = piece.cursor()
      }
    } catch (error) {
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'a' })
    }
  }
  expect(idsOf(pieces)).toEqual(MERGED)
})

test('under PARTIAL a stream that fails leaves the rest to pages', async () => {
  const pieces = await piecesOf(engineOver({ a: { failAfter: 20 }, b: {} }), {
    first: 5,
    onSourceError: 'PARTIAL',
  })
  expect(idsOf(pieces)).toEqual(MERGED)
})

test('whoever stops reading ends the streams', async () => {
  const { provider, ended } = streamingSource('a')
  const engine = createEngine({ sources: [{ id: 'a', provider }] })
  let read = 0
  for await (const { messages } of engine.traverse({ first: 2 })) {
    read += messages.length
    if (read > 2) break
  }
  await expect.poll(ended).toBe(1)
})
