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
}

type Body = Record<string, unknown>

/** The body of a list. Holds `page.items` itself. */
export function listBody(page: WacrPage, settings: WacrSettings): unknown {
  const { items: data } = page
  if (settings.envelope === 'array') return data
  return wrap(BODIES[settings.envelope](data, pageFigures(page, settings)), settings)
}

const BODIES: Readonly<Record<Exclude<WacrEnvelope, 'array'>, (data: unknown, figures: Body) => Body>> = {
  data: (data) => ({ data }),
  'data-meta': (data, meta) => ({ data, meta }),
  'data-pagination': (data, pagination) => ({ data, pagination }),
  root: (data, figures) => ({ data, ...figures }),
  nested: (data, figures) => ({ data: { data, ...figures } }),
}

/** The body of a single message. */
export function detailBody(item: WacrItem, settings: WacrSettings): unknown {
  return wrap(settings.detailEnvelope === 'data' ? { data: item } : item, settings)
}

function pageFigures({ items, page, perPage, total }: WacrPage, settings: WacrSettings): Body {
  const first = (page - 1) * perPage + 1
  const figures = {
    current_page: page,
    from: items.length === 0 ? null : first,
    to: items.length === 0 ? null : first + items.length - 1,
    ...(settings.reportPerPage ? { per_page: perPage } : {}),
    ...(total === null ? {} : { last_page: Math.max(1, Math.ceil(total / perPage)), total }),
  }
  return settings.numbersAsStrings ? stringifyFields(figures) : figures
}

function wrap(body: Body, { wrapper }: WacrSettings): unknown {
  if (!wrapper) return body
  // Fields of a bare message win: a message has a status of its own.
  return { success: true, status: 'success', message: 'Messages retrieved.', ...body }
}
