import type { Archive } from '@waybill/archive'
import { formatDateTime, nearestName, type PhoneOptions, WaybillError } from '@waybill/core'
import { FINDING_FORMATS } from '@waybill/export'
import { agreementOf, LogError, openLog, type TimeShift } from '@waybill/reconcile'
import {
  comparedSources,
  type Logger,
  printSummary,
  readReconcileFlags,
  type Reconciliation,
  type ReconcileChoices,
  reconcileSources,
  type ReconcileSummary,
} from '@waybill/runtime'
import type { CallerView, ViewOf } from '../access/caller-view.js'
import { refuseLogContent } from '../access/log-content.js'
import { errorResponse, jsonResponse, responseOf } from './error-reply.js'
import type { Admission } from './limits/admission.js'
import { createLongWork, NotNow } from './limits/long-work.js'
import { UpstreamAllowance } from './limits/upstream-allowance.js'
import { type LogLimits, LogStalled, readLogBody } from './log-body.js'
import type { FetchHandler } from './fetch-handler.js'
import { FINDING_CONTENT_TYPES, type SentFindings, streamFindings } from './findings-body.js'

/** What a log is compared with. */
export interface ReconcileHandlerOptions {
  readonly viewOf: ViewOf
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers are read where the request names no country. */
  readonly phones?: PhoneOptions | undefined
  readonly limits: LogLimits
  readonly admission: Admission
  readonly logger: Logger
  /** After how many milliseconds a client that takes nothing is given up. Default: a minute. */
  readonly maxIdleMs?: number | undefined
}

/** About as many values as a finding has. */
const COST_OF_A_FINDING = 10

/** The parameters of the query string, by the names of the command's flags. */
const PARAMETERS = [
  'map',
  'source',
  'window',
  'final-after',
  'since',
  'until',
  'live',
  'time-zone',
  'default-country',
  'encoding',
  'fail-on',
  'summary',
  'format',
] as const
type Parameter = (typeof PARAMETERS)[number]

/**
 * Answers `POST /reconcile`: a send log in the body, CSV or NDJSON, whatever its content type; findings as NDJSON, streamed. With
 * `format=csv` or `format=xlsx` they are a table, with the fields of entries and messages.
 *
 * The history is compared before the answer begins, so that a failure has a status of its own. The header
 * `Waybill-Reconciliation` has the counts, and `summary=only` in the query string asks for the whole summary in place of the
 * findings: a last line of another kind would surprise whoever reads findings.
 */
export function createReconcileHandler(options: ReconcileHandlerOptions): FetchHandler {
  return async (request, exchange) => {
    const { caller, callerKey, signal } = exchange
    const { admission } = options
    const work = createLongWork({ admission, caller: callerKey, signal })
    const allowance = new UpstreamAllowance({
      // What is not read is in the answer as CANNOT_TELL.
      limit: Number.POSITIVE_INFINITY,
      caller: callerKey,
      callers: admission.upstream,
      onSpend: () => undefined,
    })
    exchange.upstream = allowance
    const view = options.viewOf(caller)
    let reconciliation: Reconciliation | null = null
    try {
      const query = readQuery(new URL(request.url).searchParams, options, view)
      work.begin({ isLive: false })
      const log = await openLog(readLogBody(request, options.limits), query.choices.log)
      if (!view.seesContent) refuseLogContent((field) => log.map[field] !== undefined)
      const sources = comparedSources([...view.sources.values()], options.archive, {
        ...query,
        withContent: view.seesContent,
      })
      const { settings } = query.choices
      reconciliation = await work.step(
        () => reconcileSources({ entries: log.entries, sources, settings, allowance, signal }),
        { isLive: false },
      )
      const { entries, unclaimed } = reconciliation.summary
      work.spendCost((entries + unclaimed) * COST_OF_A_FINDING)
      // A client that goes away before it reads leaves nothing behind.
      signal.addEventListener('abort', () => reconciliation?.close(), { once: true })
      signal.throwIfAborted()
      if (query.isSummary) return summaryOf(reconciliation, query)
      return new Response(streamFindings(reconciliation, query, exchange, options), {
        headers: {
          'content-type': FINDING_CONTENT_TYPES[query.format],
          ...headersOf(reconciliation, query),
        },
      })
    } catch (error) {
      reconciliation?.close()
      if (error instanceof NotNow) return responseOf(error.refusal, exchange)
      if (!(error instanceof WaybillError) || signal.aborted) throw error
      exchange.code = error.code
      return refusal(error)
    }
  }
}

interface ReconcileQuery extends SentFindings {
  /** Those that were asked for; none: all. */
  readonly ids: readonly string[]
  readonly isLive: boolean
  readonly isSummary: boolean
}

/** The query string cannot be read. */
class QueryRefusal extends WaybillError {
  /** What is wrong, for programs that say it in their own words; null: see the message. */
  readonly fault: 'TIME_ZONE' | 'COUNTRY' | null

  constructor(message: string, fault: QueryRefusal['fault']) {
    super('BAD_USER_INPUT', message)
    this.name = 'QueryRefusal'
    this.fault = fault
  }
}

/** @throws QueryRefusal listing everything that is wrong with the query string. */
function readQuery(
  parameters: URLSearchParams,
  { phones = {} }: Pick<ReconcileHandlerOptions, 'phones'>,
  { sources }: CallerView,
): ReconcileQuery {
  const errors: string[] = []
  for (const name of new Set(parameters.keys())) {
    if ((PARAMETERS as readonly string[]).includes(name)) continue
    const nearest = nearestName(name, PARAMETERS)
    const guess = nearest === null || nearest === undefined ? '' : ` Did you mean ${nearest}?`
    errors.push(
      `${JSON.stringify(name.slice(0, 80))} is no parameter.${guess} Known: ${PARAMETERS.join(', ')}`,
    )
  }
  const one = (name: Parameter): string | undefined => {
    const values = parameters.getAll(name)
    if (values.length > 1) errors.push(`${name}: give it once`)
    return values[0]
  }
  const choices = readReconcileFlags(
    {
      map: parameters.getAll('map'),
      window: one('window'),
      finalAfter: one('final-after'),
      since: one('since'),
      until: one('until'),
      timeZone: one('time-zone'),
      encoding: one('encoding'),
      defaultCountry: one('default-country'),
      failOn: one('fail-on'),
    },
    parameterOf,
    phones,
    errors,
  )
  const ids = parameters.getAll('source')
  const configured = [...sources.keys()]
  for (const id of ids.filter((each) => !configured.includes(each)))
    errors.push(
      `source: unknown source ${JSON.stringify(id.slice(0, 80))}. Choose from ${configured.join(', ')}`,
    )
  const summary = one('summary')
  if (summary !== undefined && summary !== 'only') errors.push('summary: give summary=only, or leave it out')
  const format = one('format') ?? 'ndjson'
  const known = FINDING_FORMATS.find((name) => name === format)
  if (known === undefined) errors.push(`format: choose from ${FINDING_FORMATS.join(', ')}`)
  const live = one('live')
  if (live !== undefined && !['', '1', 'true'].includes(live))
    errors.push('live: give live=1, or leave it out')
  if (errors.length > 0) {
    const country = parameters.get('default-country')
    const isOtherCountry = country !== null && choices.log.national?.country !== country.toUpperCase()
    const isUnknownZone = parameters.has('time-zone') && choices.log.timeZone === undefined
    const fault = isUnknownZone ? 'TIME_ZONE' : isOtherCountry ? 'COUNTRY' : null
    throw new QueryRefusal(`${errors.join('. ')}.`, fault)
  }
  return {
    ids,
    isLive: live !== undefined,
    isSummary: summary !== undefined,
    format: known ?? 'ndjson',
    choices,
  }
}

/** `finalAfter` as it is written in a query string: `final-after`. */
function parameterOf(flag: string): string {
  return flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** The summary alone, as JSON. */
function summaryOf(reconciliation: Reconciliation, query: ReconcileQuery): Response {
  const headers = headersOf(reconciliation, query)
  reconciliation.close()
  return jsonResponse(200, printSummary(reconciliation.summary), headers)
}

function headersOf({ summary }: Reconciliation, { choices }: ReconcileQuery): Record<string, string> {
  const { timeShifts = [] } = summary
  return {
    'waybill-reconciliation': describeCounts(summary, choices.failOn),
    'waybill-compared': `${formatDateTime(summary.compared.from)}/${formatDateTime(summary.compared.to)}`,
    'waybill-completeness': summary.sources
      .map(({ source, completeness }) => `${source}=${completeness}`)
      .join(', '),
    ...(timeShifts.length > 0 && { 'waybill-time-shifts': timeShifts.map(printShift).join(', ') }),
    'cache-control': 'no-store',
  }
}

/** `seconds=-7200; entries=812; logged=2026-10-05T00:58:00.000Z/2026-10-05T04:10:00.000Z` */
function printShift({ seconds, entries, from, to }: TimeShift): string {
  return `seconds=${seconds}; entries=${entries}; logged=${formatDateTime(from)}/${formatDateTime(to)}`
}

/** `DIFFERS, entries=5, unclaimed=1, MATCHED=4, MISSING_THERE=1, MISSING_HERE=1` */
function describeCounts(summary: ReconcileSummary, failOn: ReconcileChoices['failOn']): string {
  const { entries, unclaimed, verdicts } = summary
  const counts = Object.entries({ entries, unclaimed, ...verdicts })
  return [agreementOf(summary, failOn), ...counts.map(([name, count]) => `${name}=${count}`)].join(', ')
}

function refusal(error: WaybillError): Response {
  const message = inParameters(error.message)
  const { code } = error
  if (error instanceof LogStalled)
    return faultResponse(408, message, { code, fault: 'STALLED' }, { connection: 'close' })
  if (error instanceof LogError) {
    const { fault, line, column } = error
    return faultResponse(400, message, { code, fault, line, column })
  }
  if (error instanceof QueryRefusal && error.fault !== null)
    return faultResponse(400, message, { code, fault: error.fault })
  const status = STATUSES[code] ?? (error.info.actor === 'caller' ? 400 : 500)
  return errorResponse(status, code, message)
}

/** An error with its kind and place, for programs that say it in their own words. */
function faultResponse(
  status: number,
  message: string,
  extensions: Readonly<Record<string, string | number | null>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return jsonResponse(status, JSON.stringify({ errors: [{ message, extensions }] }), headers)
}

const FLAG = new RegExp(`--(${PARAMETERS.join('|')}) `, 'g')

/** A remedy that names a flag of the command (`--time-zone Europe/Berlin`), for a query string: `time-zone=Europe/Berlin`. */
function inParameters(message: string): string {
  return message.replaceAll(FLAG, '$1=')
}

const STATUSES: Readonly<Partial<Record<WaybillError['code'], number>>> = {
  FORBIDDEN: 403,
  QUERY_TOO_EXPENSIVE: 413,
  ARCHIVE_UNAVAILABLE: 503,
}
