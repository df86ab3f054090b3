import { type Archive, archivedRecords } from '@waybill/archive'
import type { RecordDetail } from '@waybill/core'
import type { Engine, RequestAllowance, SourceErrorPolicy, TraversalPiece } from '@waybill/engine'
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
  /** Counts the upstream requests. Default: nobody does. */
  readonly allowance?: RequestAllowance | undefined
  /** Ends the reading, also where it waits. */
  readonly signal: AbortSignal
}

/** Where reading begins, or goes on. */
export interface ExportStart {
  /** Where to go on; null at the beginning. */
  readonly cursor: string | null
  /** How many messages came before. */
  readonly messages: number
  /** How many of these failed without a known reason, if reasons are among the fields. */
  readonly unexplained: number
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
  /** Whether the next page is at hand, so that nothing has to be waited for. */
  readonly isContinued: boolean
  /** What was found out about the sources so far. */
  readonly reports: readonly SourceSummary[]
  /** How many messages failed so far without a known reason. */
  readonly unexplained: number
  /** Makes the point where the page ends. */
  point(): ExportPoint
}

export const BEGINNING: ExportStart = { cursor: null, messages: 0, unexplained: 0, reports: [] }

/** Reads piece by piece, and says with each how far it came. Nothing is kept but the piece. */
export async function* readMessages(job: ReadJob, start: ExportStart): AsyncGenerator<ReadPage, void> {
  let { messages, unexplained, reports } = start
  let cursor = (): string | null => start.cursor
  let total: number | null = null
  // Streamed pieces repeat the reports of the page before them.
  let known: TraversalPiece['reports'] | null = null
  let pieces = traverse(job, start.cursor, job.countFirst === true)
  const readOn = async (): Promise<FoundPiece | null> => {
    try {
      const next = await pieces.next()
      return next.done === true ? null : { ...next.value, messages: await withRecords(next.value, job) }
    } catch (error) {
      // A traversal that has failed is over: another one goes on where it came to.
      pieces = traverse(job, cursor(), false)
      throw error
    }
  }
  try {
    for (let piece = await withRetries(readOn, job); piece !== null; piece = await withRetries(readOn, job)) {
      messages += piece.messages.length
      unexplained += countUnexplained(piece.messages, job.fields)
      total ??= piece.totalCount
      if (piece.reports !== known) reports = addReports(reports, piece.reports)
      known = piece.reports
      cursor = piece.cursor
      const reached = { messages, unexplained, reports, total }
      const { cursor: end } = piece
      yield {
        messages: piece.messages,
        isContinued: piece.isContinued,
        reports,
        unexplained,
        point: () => ({ cursor: end(), ...reached }),
      }
    }
  } finally {
    await pieces.return()
  }
}

/** How many messages failed, while nothing shows why: an archive has not requested them yet, or the source does not list it. */
function countUnexplained(messages: readonly ExportedMessage[], fields: readonly ExportFieldName[]): number {
  if (!fields.includes('failureReason') && !fields.includes('failureCode')) return 0
  return messages.filter(({ message }) => message.status === 'FAILED' && message.failure === null).length
}

interface FoundPiece extends Omit<TraversalPiece, 'messages' | 'records'> {
  readonly messages: readonly ExportedMessage[]
}

function traverse(job: ReadJob, after: string | null, totalCount: boolean): ReturnType<Engine['traverse']> {
  const { engine, query, onSourceError, allowance, signal } = job
  const fields = neededFields(job.fields)
  const records = neededRecords(job)
  return engine.traverse({ ...query, after, fields, onSourceError, allowance, signal, totalCount, records })
}

function neededRecords({ archive, fields }: ReadJob): RecordDetail {
  if (archive === null || !fields.some((name) => EXPORT_FIELDS[name].archived === true)) return 'none'
  return fields.includes('statusHistory') ? 'whole' : 'current'
}

async function withRecords({ messages, records }: TraversalPiece, job: ReadJob): Promise<ExportedMessage[]> {
  const { archive, archived } = job
  if (archive === null || neededRecords(job) === 'none' || records !== null) {
    return messages.map(({ source, message }, index) => ({
      source,
      message,
      archived: records?.[index] ?? null,
    }))
  }
  const kept = messages.filter(({ source }) => archived.has(source))
  const keys = kept.map(({ source, message }) => ({ source, upstreamId: message.upstreamId }))
  const found = await archivedRecords(archive, keys)
  const byMessage = new Map(kept.map((each, index) => [each, found[index] ?? null]))
  return messages.map((each) => ({
    source: each.source,
    message: each.message,
    archived: byMessage.get(each) ?? null,
  }))
}
