import type { ArchiveRecord, ListPiece, MessageProvider } from '@waybill/core'
import { createEngine, type TraversalPiece, type TraversalQuery } from '@waybill/engine'
import { SCOPES, type Scope } from '@waybill/runtime'
import { expect, test } from 'vitest'
import { type CallerView, createCallerViews } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { arrayProvider, sourceOf } from '../server/support/array-provider.js'
import { message } from '../server/support/message.js'

/** Several pieces of a stream. */
const COUNT = 600
const MESSAGES = Array.from({ length: COUNT }, (_, index) =>
  message(index + 1, { text: `secret ${index}`, from: '+14155552671', raw: { text: `secret ${index}` } }),
)
const RECORD: ArchiveRecord = {
  statusHistory: [],
  textHistory: [{ text: 'an earlier secret', replacedAt: 1 }],
  deletedAt: 1,
  detail: {
    statusMessage: 'secret',
    replyToId: null,
    mediaUrl: null,
    staffId: null,
    deliveredAt: 2,
    readAt: null,
  },
  isDetailCurrent: true,
}

/** A source that streams what follows the first page, with what is stored beside it. */
function streamingProvider(): MessageProvider {
  return {
    ...arrayProvider({ messages: MESSAGES }),
    async *stream({ after, size }): AsyncGenerator<ListPiece, void> {
      for (let from = Number(after ?? 0); from < COUNT; from += size) {
        const messages = MESSAGES.slice(from, from + size)
        yield { messages, records: messages.map(() => RECORD), cursorAt: (at) => String(from + at + 1) }
      }
    },
  }
}

const source = sourceOf('shop', streamingProvider())
const viewOf = createCallerViews({
  engine: createEngine({ sources: [source] }),
  sources: [source],
  seal: createCursorSeal(['a key for the cursors of tests']),
})

async function piecesOf(scopes: readonly Scope[], query: TraversalQuery): Promise<TraversalPiece[]> {
  const { engine }: CallerView = viewOf({ scopes: new Set(scopes), sources: null })
  const pieces: TraversalPiece[] = []
  for await (const piece of engine.traverse({ first: 2, records: 'whole', ...query })) pieces.push(piece)
  return pieces
}

test('a caller without content gets masked messages and records, also of what is streamed', async () => {
  const pieces = await piecesOf(['messages:read'], {})
  expect(pieces.some(({ records }) => records !== null)).toBe(true)
  expect(pieces.flatMap(({ messages }) => messages)).toHaveLength(COUNT)
  const text = JSON.stringify(pieces)
  expect(text).not.toContain('secret')
  expect(text).not.toContain('+14155552671')
  expect(text).toContain('…2671')
})

test('a caller without content cannot search or filter by content', async () => {
  await expect(piecesOf(['messages:read'], { search: 'secret' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const filter = [{ field: 'from', operator: 'eq', values: ['+14155552671'] } as const]
  await expect(piecesOf(['messages:read'], { filter })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('the cursors of a traversal are sealed, and open for the same caller only', async () => {
  const pieces = await piecesOf(SCOPES, {})
  const [cursor] = pieces.slice(1).flatMap((piece) => piece.cursor() ?? [])
  const rest = await piecesOf(SCOPES, { after: cursor ?? null })
  const ids = (all: readonly TraversalPiece[]): string[] =>
    all.flatMap(({ messages }) => messages.map((each) => each.message.upstreamId))
  expect(rest.length).toBeGreaterThan(0)
  expect(ids(rest)).toEqual(ids(pieces).slice(-ids(rest).length))
  await expect(piecesOf(['messages:read'], { after: cursor ?? null })).rejects.toMatchObject({
    code: 'INVALID_CURSOR',
  })
})
