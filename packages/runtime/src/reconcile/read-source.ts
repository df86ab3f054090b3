import { type MessageField, type TimeRange, UpstreamError, WaybillError } from '@waybill/core'
import type { Engine, MessagePage, MessagesQuery, RequestAllowance } from '@waybill/engine'
import type { Doubt } from '@waybill/reconcile'
import { doubtsOfArchive } from './archive-doubts.js'
import { doubtsOfReport, unsettledSince } from './live-doubts.js'
import { type ComparedSource, engineOf, PAGE_SIZE } from './compared-source.js'
import { patiently, type Patience } from './patiently.js'
import { toHistory } from './to-history.js'
import type { WorkStore } from './work-store.js'

/** How the messages of a source are read. */
export interface ReadOptions extends Patience {
  readonly range: TimeRange
  /** Whether the upstream's own objects are needed: references are looked for in them. */
  readonly withRaw: boolean
  /** The most messages that are read, all sources together. */
  readonly maxMessages: number
  /** The most requests that are sent to the source; null: as many as it takes. */
  readonly maxUpstreamRequests: number | null
  readonly allowance: RequestAllowance | undefined
  /** Called with the number of messages that were read so far. */
  readonly onProgress: (messages: number) => void
}

const FIELDS: readonly MessageField[] = ['upstreamId', 'direction', 'status', 'sentAt']
const CONTENT_FIELDS: readonly MessageField[] = ['whatsappId', 'text', 'to', 'contact']
const RAW: readonly MessageField[] = ['raw']

/** How far the reading of a source has come. */
interface Progress {
  readonly cursor: string | null
  /** When the last message that was read was sent; null where none was. */
  readonly reachedAt: number | null
  readonly isDone: boolean
  readonly requests: number
  readonly doubts: readonly Doubt[]
}

/**
 * Reads the messages of a source into the store, and finds out where they prove nothing. Each page and the place where the
 * next one begins are kept together. Doubts are asked for before and after: a gap that is closed in between was open for
 * the pages before that, and one that opens casts doubt on them.
 *
 * @throws WaybillError ARCHIVE_UNAVAILABLE; what an upstream does is a doubt.
 */
export async function readSource(
  read: ComparedSource,
  store: WorkStore,
  options: ReadOptions,
): Promise<Doubt[]> {
  const { source, archive } = read
  const name = `source ${source.id}`
  const { maxSkewMs } = source.upstream.capabilities
  let progress = (store.state(name) as Progress | undefined) ?? {
    cursor: null,
    reachedAt: null,
    isDone: false,
    requests: 0,
    doubts:
      archive === null
        ? [unsettledSince(source.id, Date.now(), maxSkewMs)]
        : await doubtsOfArchive(archive, source),
  }
  const engine = engineOf(read)
  while (!progress.isDone) progress = await readPage({ engine, read, store, options, name }, progress)
  const after = archive === null ? [] : await doubtsOfArchive(archive, source)
  return distinct([...progress.doubts, ...after])
}

/** What one page is read with. */
interface Reading {
  readonly engine: Engine
  readonly read: ComparedSource
  readonly store: WorkStore
  readonly options: ReadOptions
  /** The name under which the progress is kept. */
  readonly name: string
}

/** Reads the next page, and keeps it with the place where the one after it begins. */
async function readPage(reading: Reading, progress: Progress): Promise<Progress> {
  const { read, store, options, name } = reading
  if (isSpent(progress, options, store)) return end(progress, unreadBehind(progress, read))
  const page = await readPatiently(reading, progress)
  if (page instanceof WaybillError)
    return end(progress, { source: read.source.id, because: 'SOURCE_FAILED', from: null, to: null })
  const messages = await toHistory(
    page.edges.map(({ message }) => message),
    read,
  )
  const { hasNextPage, endCursor } = page.pageInfo
  const next: Progress = {
    cursor: endCursor,
    reachedAt: page.edges.at(-1)?.message.sentAt ?? progress.reachedAt,
    isDone: !hasNextPage,
    requests: progress.requests + page.reports.reduce((sum, report) => sum + report.upstreamRequests, 0),
    doubts:
      read.archive === null
        ? distinct([...progress.doubts, ...page.reports.flatMap(doubtsOfReport)])
        : progress.doubts,
  }
  store.atomically(() => {
    for (const message of messages) store.addMessage(message)
    store.setState(name, next)
  })
  options.onProgress(store.messageCount)
  return next
}

function isSpent({ requests }: Progress, options: ReadOptions, store: WorkStore): boolean {
  const { maxMessages, maxUpstreamRequests, allowance } = options
  return (
    store.messageCount >= maxMessages ||
    allowance?.isSpent === true ||
    (maxUpstreamRequests !== null && requests >= maxUpstreamRequests)
  )
}

/** What is left unread where a limit is reached. */
function unreadBehind({ reachedAt }: Progress, { source, archive }: ComparedSource): Doubt {
  const { maxSkewMs } = source.upstream.capabilities
  const isAscending = archive !== null
  return {
    source: source.id,
    because: 'BUDGET',
    from: isAscending ? reachedAt : null,
    to: isAscending || reachedAt === null ? null : reachedAt + 2 * maxSkewMs,
  }
}

function end(progress: Progress, doubt: Doubt): Progress {
  return { ...progress, isDone: true, doubts: [...progress.doubts, doubt] }
}

/** @returns the error of an upstream that keeps failing. */
async function readPatiently(
  { engine, read, options }: Reading,
  { cursor, requests }: Progress,
): Promise<MessagePage | WaybillError> {
  const { range, withRaw, signal, maxUpstreamRequests, allowance } = options
  const query: MessagesQuery = {
    filter: [
      { field: 'sentAt', operator: 'gte', value: range.from },
      { field: 'sentAt', operator: 'lte', value: range.to },
    ],
    // An archive is read in the order in which its messages are compared, any other source as it lists them.
    sort: { field: 'createdAt', direction: read.archive === null ? 'desc' : 'asc' },
    first: PAGE_SIZE,
    after: cursor,
    fields: new Set([...FIELDS, ...(read.withContent ? CONTENT_FIELDS : []), ...(withRaw ? RAW : [])]),
    maxUpstreamRequests: maxUpstreamRequests === null ? null : maxUpstreamRequests - requests,
    allowance,
    signal,
  }
  try {
    return await patiently(() => engine.messages(query), options)
  } catch (error) {
    const isOfSource =
      error instanceof UpstreamError || (error instanceof WaybillError && error.code === 'UNSUPPORTED_SORT')
    if (isOfSource) return error
    throw error
  }
}

function distinct(doubts: readonly Doubt[]): Doubt[] {
  return [...new Map(doubts.map((doubt) => [JSON.stringify(doubt), doubt])).values()]
}
