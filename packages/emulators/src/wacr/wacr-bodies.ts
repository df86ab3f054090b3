import { STATUS_CODES } from 'node:http'
import {
  emptyReply,
  formatTimestamp,
  htmlReply,
  jsonReply,
  type Reply,
  stringifyFields,
} from '../server/reply.js'
import type { WacrEnvelope, WacrErrorShape, WacrSettings } from './wacr-settings.js'
import type { WacrRow } from './wacr-table.js'

/** Which page was served. */
export interface WacrPage {
  readonly items: readonly WacrItem[]
  readonly page: number
  readonly perPage: number
  /** Null where it was not counted. */
  readonly total: number | null
  /** Whether there are rows behind the page. */
  readonly hasMore: boolean
  /** The list's address, without a query. */
  readonly address: string
}

type Body = Record<string, unknown>

/** The body of a list. Holds `page.items` itself. */
export function listBody(page: WacrPage, settings: WacrSettings): unknown {
  const { items: data } = page
  if (settings.envelope === 'array') return data
  return wrap(BODIES[settings.envelope](data, page, settings), settings)
}

type Envelope = (data: unknown, page: WacrPage, settings: WacrSettings) => Body

const BODIES: Readonly<Record<Exclude<WacrEnvelope, 'array'>, Envelope>> = {
  data: (data) => ({ data }),
  // Laravel's resource collections have the addresses beside the figures, and under shorter names.
  'data-meta': (data, page, settings) => ({
    data,
    ...(settings.links ? { links: shortLinks(pageLinks(page)) } : {}),
    meta: { ...pageFigures(page, settings), ...(settings.links ? pageButtons(page) : {}) },
  }),
  'data-pagination': (data, page, settings) => ({ data, pagination: paginator(page, settings) }),
  root: (data, page, settings) => ({ data, ...paginator(page, settings) }),
  nested: (data, page, settings) => ({ data: { data, ...paginator(page, settings) } }),
}

/** The body of a single message. */
export function detailBody(item: WacrItem, settings: WacrSettings): unknown {
  return wrap(settings.detailEnvelope === 'data' ? { data: item } : item, settings)
}

/** Laravel's `LengthAwarePaginator` where the rows were counted, else its `Paginator`. */
function paginator(page: WacrPage, settings: WacrSettings): Body {
  const links = settings.links ? { ...pageLinks(page), ...pageButtons(page) } : {}
  return { ...pageFigures(page, settings), ...links }
}

function pageFigures({ items, page, perPage, total }: WacrPage, settings: WacrSettings): Body {
  const first = (page - 1) * perPage + 1
  const figures = {
    current_page: page,
    from: items.length === 0 ? null : first,
    to: items.length === 0 ? null : first + items.length - 1,
    ...(settings.reportPerPage ? { per_page: perPage } : {}),
    ...(total === null ? {} : { last_page: lastPageOf(total, perPage), total }),
  }
  return settings.numbersAsStrings ? stringifyFields(figures) : figures
}

/** Addresses of pages, as Laravel makes them: with the page's number and nothing else of the query. */
interface PageLinks extends Body {
  readonly first_page_url: string
  /** Only where the rows were counted. */
  readonly last_page_url?: string
  readonly prev_page_url: string | null
  /** Null on the last page. */
  readonly next_page_url: string | null
}

function pageLinks({ address, page, perPage, total, hasMore }: WacrPage): PageLinks {
  const addressOf = (number: number): string => `${address}?page=${number}`
  return {
    path: address,
    first_page_url: addressOf(1),
    ...(total === null ? {} : { last_page_url: addressOf(lastPageOf(total, perPage)) }),
    prev_page_url: page > 1 ? addressOf(page - 1) : null,
    next_page_url: hasMore ? addressOf(page + 1) : null,
  }
}

function shortLinks({ first_page_url, last_page_url, prev_page_url, next_page_url }: PageLinks): Body {
  return { first: first_page_url, last: last_page_url ?? null, prev: prev_page_url, next: next_page_url }
}

/** The links that Laravel writes for the buttons of a web page, if the rows were counted; distant pages are left out. */
function pageButtons(page: WacrPage): Body {
  if (page.total === null) return {}
  const { prev_page_url: previous, next_page_url: next } = pageLinks(page)
  const current = `${page.address}?page=${page.page}`
  return {
    links: [
      { url: previous, label: '&laquo; Previous', active: false },
      { url: current, label: `${page.page}`, active: true },
      { url: next, label: 'Next &raquo;', active: false },
    ],
  }
}

function lastPageOf(total: number, perPage: number): number {
  return Math.max(1, Math.ceil(total / perPage))
}

function wrap(body: Body, { wrapper }: WacrSettings): unknown {
  if (!wrapper) return body
  // Fields of a bare message win: a message has a status of its own.
  return { success: true, status: 'success', message: 'Messages retrieved.', ...body }
}

export type WacrItem = Record<string, unknown>

/** A row as the list shows it. */
export function listedItem(row: WacrRow, fields: readonly string[] | null, settings: WacrSettings): WacrItem {
  const item = listedFields(row, settings)
  const chosen = Object.entries(item).filter(([name]) => fields?.includes(name))
  // A list of unknown names selects no column, and the application then selects them all.
  return finish(chosen.length === 0 ? item : Object.fromEntries(chosen), settings)
}

/** A row as the endpoint for one message shows it. */
export function detailedItem(row: WacrRow, settings: WacrSettings): WacrItem {
  const item = {
    ...listedFields(row, settings),
    status_message: row.statusMessage,
    ref_message_id: row.refMessageId,
    url: row.url,
    staff_id: row.staffId,
  }
  return finish(item, settings)
}

function listedFields(row: WacrRow, { timestampFormat, timeZone }: WacrSettings): WacrItem {
  return {
    id: row.id,
    interaction_id: row.interactionId,
    sender_id: row.senderId,
    type: row.type,
    message: row.message,
    status: row.status,
    message_id: row.messageId,
    sent_at: formatTimestamp(row.timeSent ?? row.createdAt, timestampFormat, timeZone),
    is_read: row.isRead,
    ...row.extra,
  }
}

function finish(item: WacrItem, { numbersAsStrings }: WacrSettings): WacrItem {
  return numbersAsStrings ? stringifyFields(item) : item
}

const ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['UNAUTHORIZED', 'Invalid or missing token.'],
  403: ['INSUFFICIENT_SCOPE', 'The token lacks the scope messages:read.'],
  404: ['NOT_FOUND', 'Message not found.'],
  429: ['RATE_LIMIT_EXCEEDED', 'Too many requests.'],
  500: ['INTERNAL_ERROR', 'Server error.'],
}

/** WA.cr's error answer for an HTTP status, in the shape that the settings choose. */
export function wacrError(status: number, { errorShape }: WacrSettings): Reply {
  const title = STATUS_CODES[status] ?? 'Error'
  const [code, message] = ERRORS[status] ?? [title.toUpperCase().replaceAll(' ', '_'), `${title}.`]
  return SHAPES[errorShape](status, code, message)
}

type Shape = (status: number, code: string, message: string) => Reply

const SHAPES: Readonly<Record<WacrErrorShape, Shape>> = {
  nested: (status, code, message) => jsonReply(status, { success: false, error: { code, message } }),
  flat: (status, code, message) => jsonReply(status, { error_code: code, message }),
  message: (status, _code, message) => jsonReply(status, { message }),
  html: (status, _code, message) => htmlReply(status, message),
  empty: (status) => emptyReply(status),
}
