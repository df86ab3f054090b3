import { createHash } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { createEngine } from '@waybill/engine'
import type { TokenAccess } from '@waybill/runtime'
import readXlsxFile from 'read-excel-file/node'
import { vi } from 'vitest'
import { type CallerView, createCallerViews } from '../../../src/access/caller-view.js'
import { createCursorSeal } from '../../../src/access/cursor-seal.js'
import { arrayProvider, sourceOf } from '../../server/support/array-provider.js'
import { CURSOR_KEYS, startHarness } from '../../server/support/harness.js'
import { type History, laterMessagesOf, messagesOf } from './game-histories.js'
import type { GameRequest } from './game-requests.js'
import { keepHistory, type KeptHistory } from './kept-history.js'
import { recorded } from './work-log.js'

/** Takes the place of a caller's view: a leak that is planted. */
export type Leak = (view: CallerView, full: CallerView) => CallerView

/** A history that is kept in an archive, and listed live as well. */
export interface Kept extends AsyncDisposable {
  readonly history: History
  readonly kept: KeptHistory
}

/** A server over a history, as a caller without content meets it. */
export interface GameServer extends AsyncDisposable {
  /** All that can be seen of an answer, and the work that it took. */
  play(asked: GameRequest): Promise<string>
}

const SEAL = createCursorSeal(CURSOR_KEYS)
const TOKEN = 's3cret-token-of-the-game'
const READER: TokenAccess = {
  name: 'reader',
  sha256: createHash('sha256').update(TOKEN).digest('hex'),
  scopes: ['messages:read'],
  sources: null,
  expiresAt: null,
}

/** What stands before the first event, for the caller of the game. */
export const BEGINNING: string = createCallerViews({
  engine: createEngine({ sources: [] }),
  sources: [],
  seal: SEAL,
})({
  scopes: new Set(READER.scopes),
  sources: null,
}).positions.seal('[]')

export async function keep(history: History): Promise<Kept> {
  const kept = await keepHistory(
    'kept',
    [messagesOf(history), laterMessagesOf(history)],
    (upstreamId) => history.rows[Number(upstreamId) - 1]?.hidden.detail ?? null,
  )
  return { history, kept, [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose]() }
}

export async function startGameServer({ history, kept }: Kept, leak?: Leak): Promise<GameServer> {
  const work: string[] = []
  // With ids of its own: of two messages with one id, a log cannot tell which is meant.
  const messages = messagesOf(history).map((each) => ({ ...each, upstreamId: `1${each.upstreamId}` }))
  const live = arrayProvider({ messages })
  const closings: (() => Promise<void>)[] = []
  let rounds = 0
  const upstream = recorded('upstream', kept.source.upstream, work)
  const { url, log } = await startHarness(
    {
      sources: [
        { ...kept.source, upstream, provider: recorded('kept', kept.source.provider, work) },
        sourceOf('live', recorded('live', live, work)),
      ],
      archive: recorded('archive', kept.archive, work),
      auth: { kind: 'bearer', bearerTokens: [], tokens: [READER], jwt: null },
      ...(leak !== undefined && { changeView: leak }),
    },
    (close) => closings.push(close),
  )
  return {
    play: async (asked) => {
      rounds += 1
      const requestId = `round-${rounds}`
      const begun = work.length
      const shown = await answerOf(url, asked, {
        requestId,
        events: kept.events,
        patienceMs: leak === undefined ? 60_000 : 2000,
      })
      // A stream that is left may have read on.
      if (asked.isStream) return JSON.stringify(shown)
      const line = await vi.waitFor(() => {
        const found = log.find((each) => each['requestId'] === requestId)
        if (found === undefined) throw new Error('The request is not in the log yet.')
        return found
      }, PATIENCE)
      const { time: _, ms: __, bytes, ...logged } = line
      // Sources work side by side.
      const done = work
        .slice(begun)
        .filter((call) => !call.startsWith('archive.follow'))
        .toSorted()
      return JSON.stringify({
        shown,
        // Into how many chunks an answer is cut, which are counted as well, is chance.
        logged: { ...logged, bytes: shown.exact === null || isChunked(shown) ? null : bytes },
        done,
      })
    },
    [Symbol.asyncDispose]: async () => {
      for (const close of closings) await close()
    },
  }
}

interface Shown {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly trailers: unknown
  readonly body: string
  /** As it was sent; null where it holds what differs by chance: the time at which a traversal began has more digits or fewer. */
  readonly exact: unknown
}

function isChunked({ headers }: Shown): boolean {
  return headers['transfer-encoding'] === 'chunked'
}

interface StreamEnd {
  readonly requestId: string
  /** After so many events a stream is left, or when they do not come in time. */
  readonly events: number
  readonly patienceMs: number
}

/** Without what `fetch` would do to the answer. */
function answerOf(
  url: string,
  { method, path, headers, body, isStream = false }: GameRequest,
  { requestId, events, patienceMs }: StreamEnd,
): Promise<Shown> {
  const { promise, resolve, reject } = Promise.withResolvers<Shown>()
  const own = { ...headers, authorization: `Bearer ${TOKEN}`, 'x-request-id': requestId }
  const sent = request(`${url}${path}`, { method, headers: own }, (answer) => {
    let bytes = Buffer.alloc(0)
    const leave = (): void => {
      describe(answer, bytes).then(resolve, reject)
      sent.destroy()
    }
    // A leak may hold events back.
    const giveUp = isStream ? setTimeout(leave, patienceMs) : undefined
    answer.on('close', () => clearTimeout(giveUp))
    answer.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (isStream && bytes.at(-1) === LINE_BREAK && bytes.toString().split('\ndata: ').length > events)
        leave()
    })
    answer.on('end', () => void describe(answer, bytes).then(resolve, reject))
    answer.on('error', reject)
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}

async function describe({ statusCode, headers, trailers }: IncomingMessage, bytes: Buffer): Promise<Shown> {
  const { date: _, 'content-length': length, ...others } = headers
  const encoding = headers['content-encoding'] ?? ''
  const content = bytes.length === 0 ? bytes : (DECODERS[encoding]?.(bytes) ?? bytes)
  const isWorkbook = headers['content-type']?.includes('spreadsheetml') === true && content.length > 0
  const text = isWorkbook ? JSON.stringify(await readXlsxFile(content)) : content.toString('latin1')
  const body = plain(text)
  const exact = body === text ? { length, bytes: bytes.toString('base64') } : null
  const shown = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, typeof value === 'string' ? plain(value) : value]),
  )
  const seen = exact === null ? withoutEncoding(shown) : shown
  return { status: statusCode, headers: seen, trailers, body, exact }
}

/** Whether an answer is compressed depends on its length. */
function withoutEncoding(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { 'content-encoding': _, vary: __, ...others } = headers
  return others
}

const LINE_BREAK = 0x0a

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

/** How long a line of the log may take to be written. */
const PATIENCE = { timeout: 60_000, interval: 5 }

const LATELY_MS = 3_600_000

/** What can be compared: cursors opened, and the times at which the histories were kept left out. */
function plain(text: string): string {
  return (
    text
      // What keeps a stream alive comes by the clock.
      .replaceAll(/^:\n\n/gm, '')
      .replaceAll(/"([\w-]{60,})"/g, (whole, sealed: string) => JSON.stringify(opened(sealed)) ?? whole)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
        Date.parse(time) > Date.now() - LATELY_MS ? 'lately' : time,
      )
  )
}

const CONTEXTS = ['["no content","all"]', '["content","all"]']

/** How the archive's place in a list of changes begins: it holds the time at which a change was seen. */
const PLACE_AMONG_CHANGES = Buffer.from('["updatedAt"').toString('base64url')

/** What a sealed text holds, but for the time at which its traversal began, and those at which histories were kept. */
function opened(sealed: string): unknown {
  for (const context of CONTEXTS) {
    try {
      const cursor = SEAL.open(sealed, context)
      const [version, bound, , positions] = JSON.parse(
        Buffer.from(cursor.slice(12), 'base64url').toString(),
      ) as readonly unknown[]
      return [
        version,
        bound,
        JSON.stringify(positions).includes(PLACE_AMONG_CHANGES) ? 'among changes' : positions,
      ]
    } catch {
      // Sealed for something else.
    }
  }
  return sealed
}
