import { type Archive, archivedRecords } from '@waybill/archive'
import type { Engine, MessagePage, SourceErrorPolicy } from '@waybill/engine'
import { type ExportedMessage, EXPORT_FIELDS, type ExportFieldName, neededFields } from '../fields.js'
import type { ExportQuery } from '../query.js'
import { addReports, type SourceSummary } from '../reports.js'
import { type RetryOptions, withRetries } from './retry.js'

/** Which messages are read, from where. */
export interface ReadJob extends RetryOptions {
  readonly engine: Engine
  /** Where messages of `archived` sources are looked up; null where nothing is kept. */
  readonly archive: Pick<Archive, 'records'> | null
  /** Ids of the sources that are read from the archive. */
  readonly archived: ReadonlySet<string>
  readonly query: ExportQuery
  readonly fields: readonly ExportFieldName[]
  readonly onSourceError: SourceErrorPolicy
  /** Whether to find out with the first page how many messages match, which may cost requests. Default: no. */
  readonly countFirst?: boolean | undefined
  /** Ends the reading, also where it waits. */
  readonly signal: AbortSignal
}

/** Where reading begins, or goes on. */
export interface ExportStart {
  /** Where to go on; null at the beginning. */
  readonly cursor: string | null
  /** How many messages came before. */
  readonly messages: number
  /** What was found out about the sources before. */
  readonly reports: readonly SourceSummary[]
}

/** How far reading came. */
export interface ExportPoint extends ExportStart {
  /** Where to go on; null at the end. */
  readonly cursor: string | null
  /** How many messages match in all; null where that is not known. */
  readonly total: number | null
}

export interface ReadPage {
  readonly messages: readonly ExportedMessage[]
  /** Where the page ends. */
  readonly point: ExportPoint
}

export const BEGINNING: ExportStart = { cursor: null, messages: 0, reports: [] }

/** The most messages that the engine yields at once. */
const PAGE_SIZE = 500

/** Reads page by page, and says with each how far it came. Nothing is kept but the page. */
export async function* readMessages(job: ReadJob, start: ExportStart): AsyncGenerator<ReadPage, void> {
  let { cursor, messages, reports } = start
  let total: number | null = null
  let isFirst = true
  do {
    const page = await readPage(job, cursor, isFirst && job.countFirst === true)
    messages += page.messages.length
    total ??= page.totalCount
    reports = addReports(reports, page.reports)
    cursor = page.next
    yield { messages: page.messages, point: { cursor, messages, reports, total } }
    isFirst = false
  } while (cursor !== null)
}

interface FoundPage extends Pick<MessagePage, 'reports' | 'totalCount'> {
  readonly messages: readonly ExportedMessage[]
  readonly next: string | null
}

function readPage(job: ReadJob, after: string | null, totalCount: boolean): Promise<FoundPage> {
  const { engine, query, onSourceError, signal } = job
  const fields = neededFields(job.fields)
  return withRetries(async () => {
    const page = await engine.messages({
      ...query,
      first: PAGE_SIZE,
      after,
      fields,
      onSourceError,
      signal,
      totalCount,
    })
    const { hasNextPage, endCursor } = page.pageInfo
    return {
      messages: await withRecords(page, job),
      reports: page.reports,
      totalCount: page.totalCount,
      next: hasNextPage ? endCursor : null,
    }
  }, job)
}

async function withRecords({ edges }: MessagePage, job: ReadJob): Promise<ExportedMessage[]> {
  const { archive, archived, fields } = job
  if (archive === null || !fields.some((name) => EXPORT_FIELDS[name].archived === true)) {
    return edges.map(({ source, message }) => ({ source, message, archived: null }))
  }
  const kept = edges.filter(({ source }) => archived.has(source))
  const keys = kept.map(({ source, message }) => ({ source, upstreamId: message.upstreamId }))
  const found = await archivedRecords(archive, keys)
  const records = new Map(kept.map((edge, index) => [edge, found[index] ?? null]))
  return edges.map((edge) => ({
    source: edge.source,
    message: edge.message,
    archived: records.get(edge) ?? null,
  }))
}
