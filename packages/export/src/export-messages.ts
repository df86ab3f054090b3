import { type Archive, archivedRecords } from '@waybill/archive'
import type { MessageFilter, MessageSort, WaybillError } from '@waybill/core'
import type { Engine, MessagePage, SourceErrorPolicy } from '@waybill/engine'
import { type ExportedMessage, EXPORT_FIELDS, type ExportFieldName, neededFields } from './fields.js'
import type { Format } from './formats.js'
import { readPages } from './read-pages.js'
import { addIncompleteness, type Incompleteness } from './incompleteness.js'

/** Which messages are wanted, in which order. */
export interface ExportQuery {
  readonly filter: MessageFilter
  readonly search: string | null
  readonly sort: MessageSort
}

/** Where an export goes. */
export interface TextOutput {
  /** How many bytes it has. */
  readonly bytes: number
  write(text: string): Promise<void>
}

/** What is exported, from where to where. */
export interface ExportJob {
  readonly engine: Engine
  /** Where messages of `archived` sources are looked up; null where nothing is kept. */
  readonly archive: Archive | null
  /** Ids of the sources that are read from the archive. */
  readonly archived: ReadonlySet<string>
  readonly query: ExportQuery
  readonly fields: readonly ExportFieldName[]
  readonly format: Format
  readonly output: TextOutput
  readonly onSourceError: SourceErrorPolicy
  readonly signal: AbortSignal
  readonly onRetry: (error: WaybillError, waitMs: number) => void
}

/** How far an export came. */
export interface ExportPoint {
  /** Where to go on; null at the end. */
  readonly cursor: string | null
  readonly messages: number
  /** How much of the output holds them. */
  readonly bytes: number
  /** How many match in all; null where that is not known. */
  readonly total: number | null
  readonly incompleteness: Incompleteness
}

/** Where an export begins. */
export type ExportStart = Omit<ExportPoint, 'total' | 'bytes'>

/** Writes page by page, and says after each how far it came. Nothing is kept but the page. */
export async function* exportMessages(
  job: ExportJob,
  start: ExportStart,
  countFirst: boolean,
): AsyncGenerator<ExportPoint> {
  const { engine, query, fields, onSourceError, signal, onRetry } = job
  const pages = readPages(
    engine,
    { ...query, after: start.cursor, fields: neededFields(fields), onSourceError, signal, countFirst },
    onRetry,
  )
  let { incompleteness, messages } = start
  let total: number | null = null
  if (start.cursor === null) await job.output.write(job.format.head)
  for await (const page of pages) {
    await job.output.write(await writePage(page, job))
    messages += page.edges.length
    total ??= page.totalCount
    incompleteness = addIncompleteness(incompleteness, page.reports)
    const { hasNextPage, endCursor } = page.pageInfo
    yield {
      cursor: hasNextPage ? endCursor : null,
      messages,
      bytes: job.output.bytes,
      total,
      incompleteness,
    }
  }
}

async function writePage(page: MessagePage, job: ExportJob): Promise<string> {
  const messages = await withRecords(page, job)
  return job.format.write(messages)
}

async function withRecords(
  { edges }: MessagePage,
  { archive, archived, fields }: ExportJob,
): Promise<ExportedMessage[]> {
  if (archive === null || !fields.some((name) => EXPORT_FIELDS[name].archived === true)) {
    return edges.map(({ source, message }) => ({ source, message, archived: null }))
  }
  const kept = edges.filter(({ source }) => archived.has(source))
  const keys = kept.map(({ source, message }) => ({ source, upstreamId: message.upstreamId }))
  const records = new Map(zip(kept, await archivedRecords(archive, keys)))
  return edges.map((edge) => ({
    source: edge.source,
    message: edge.message,
    archived: records.get(edge) ?? null,
  }))
}

function zip<Left, Right>(left: readonly Left[], right: readonly Right[]): [Left, Right][] {
  return left.flatMap((item, index) => (index < right.length ? [[item, right[index] as Right]] : []))
}
