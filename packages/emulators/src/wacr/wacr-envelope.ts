import { stringifyFields } from '../server/stringify-numbers.js'
import type { WacrItem } from './wacr-item.js'
import type { WacrEnvelope, WacrSettings } from './wacr-settings.js'

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

/** What Laravel tells for the buttons of a web page, where the rows were counted; those far away are left out. */
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
