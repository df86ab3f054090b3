import type { Archive } from '@waybill/archive'
import { type PhoneOptions, WaybillError } from '@waybill/core'
import { exportFile, type FormatName, FORMATS, type SourceSummary } from '@waybill/export'
import { describeDefect, type Logger } from '@waybill/runtime'
import type { ViewOf } from '../../access/caller-view.js'
import type { Exchange } from '../exchange.js'
import type { FetchHandler } from '../fetch-handler.js'
import { allowsSource } from '../../schema/filter-clauses.js'
import { responseOf } from '../error-reply.js'
import type { Admission } from '../limits/admission.js'
import { createLongWork, NotNow } from '../limits/long-work.js'
import { MAX_IDLE_MS, streamBody } from '../stream-body.js'
import { readDownloadQuery } from './download-query.js'
import { beginReading, type BegunFile, type ReadStep } from './begun-file.js'
import { refusal } from './refusal.js'
import { visibleRecords } from './visible-records.js'

export interface DownloadOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly logger: Logger
  readonly admission: Admission
  /** After how many milliseconds a client that takes nothing is given up. Default: a minute. */
  readonly maxIdleMs?: number | undefined
  /** How often in a row a page is asked for again once the download has begun. Default 3. */
  readonly maxRetries?: number | undefined
}

const MAX_RETRIES = 3

/**
 * Answers `GET /messages.csv` and its like: the same bytes as `waybill export --output`, made as the client takes them.
 *
 * The first page is read before the answer begins, so that what fails there has a status of its own. The header
 * `Waybill-Completeness` has what was known by then, the trailer of that name what was known in the end.
 */
export function createDownloadHandler(format: FormatName, options: DownloadOptions): FetchHandler {
  return async (request, exchange) => {
    const abortion = new AbortController()
    try {
      const file = await begin(new URL(request.url), format, options, {
        exchange,
        signal: AbortSignal.any([exchange.signal, abortion.signal]),
      })
      const headers = headersOf(format, file.reports)
      if (request.method === 'HEAD') {
        await file.close()
        return new Response(null, { headers })
      }
      exchange.trailers.set(COMPLETENESS, () => describeCompleteness(file.reports))
      const body = streamBody(file.chunks, {
        end: async (reason) => {
          abortion.abort(reason)
          await file.close()
        },
        maxIdleMs: options.maxIdleMs ?? MAX_IDLE_MS,
        onBroken: (error) => reportBroken(error, exchange, options.logger),
      })
      return new Response(body, { headers })
    } catch (error) {
      if (error instanceof NotNow) return responseOf(error.refusal, exchange)
      if (!(error instanceof WaybillError) || exchange.signal.aborted) throw error
      exchange.code = error.code
      return refusal(error)
    }
  }
}

interface Reading {
  readonly exchange: Exchange
  readonly signal: AbortSignal
}

/**
 * @throws NotNow where nothing is left of the caller's minute; WaybillError for a query string that cannot be read, and for what
 *   fails before the first page is there.
 */
async function begin(
  { search }: URL,
  format: FormatName,
  { viewOf, archive, phones, admission, maxRetries = MAX_RETRIES }: DownloadOptions,
  { exchange, signal }: Reading,
): Promise<BegunFile> {
  const view = viewOf(exchange.caller)
  const sources = [...view.sources.keys()]
  const { query, file } = readDownloadQuery(search, { format, sources, phones })
  const work = createLongWork({ admission, caller: exchange.callerKey, signal })
  const isLive = [...view.sources.values()].some(
    ({ id, read }) => read === 'live' && allowsSource(query.filter ?? [], id),
  )
  work.begin({ isLive })
  exchange.upstream = work.allowance
  let charged = 0
  let isRead = false
  const step: ReadStep = async (read) => {
    // What follows the last messages costs nothing that had to be waited for.
    const next = await (isRead ? read() : work.step(read, { isLive }))
    if (next.done === true) return next
    const { messages, cursor, reports } = next.value.point
    work.spendCost((messages - charged) * file.fields.length)
    charged = messages
    isRead = reports.length > 0 && cursor === null
    return next
  }
  let hasBegun = false
  const begun = await beginReading(
    exportFile({
      query,
      file,
      engine: view.engine,
      archive: archive === null ? null : visibleRecords(archive, view),
      archived: new Set(sources.filter((id) => view.sources.get(id)?.read === 'archive')),
      onSourceError: 'FAIL',
      allowance: work.allowance,
      signal,
      maxRetries,
      onRetry: (error) => {
        if (!hasBegun) throw error
      },
    }),
    step,
  )
  hasBegun = true
  return begun
}

const COMPLETENESS = 'waybill-completeness'

function headersOf(format: FormatName, reports: readonly SourceSummary[]): Record<string, string> {
  const { mediaType, extension } = FORMATS[format]
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="messages${extension}"`,
    'cache-control': 'no-store',
    [COMPLETENESS]: describeCompleteness(reports),
  }
}

/** `octo=WINDOW_LIMITED, shop=COMPLETE` */
function describeCompleteness(reports: readonly SourceSummary[]): string {
  return reports.map(({ source, completeness }) => `${source}=${completeness}`).join(', ')
}

function reportBroken(error: unknown, { signal, id }: Exchange, logger: Logger): void {
  if (signal.aborted) return
  const code = error instanceof WaybillError ? { code: error.code } : {}
  logger.warn('A download was broken off', { id, ...code, error: describeDefect(error) })
}
