import { stringifyNumbers } from '../server/stringify-numbers.js'
import type { WacrItem } from './wacr-item.js'
import type { WacrSettings } from './wacr-settings.js'

/** Which page was served. */
export interface WacrPage {
  readonly items: readonly WacrItem[]
  readonly page: number
  readonly perPage: number
  /** Null where it was not counted. */
  readonly total: number | null
}

/** The body of a list. Holds `page.items` itself. */
export function listBody(page: WacrPage, settings: WacrSettings): unknown {
  const { items: data } = page
  const figures = pageFigures(page, settings)
  switch (settings.envelope) {
    case 'array':
      return data
    case 'data':
      return wrap({ data }, settings)
    case 'data-meta':
      return wrap({ data, meta: figures }, settings)
    case 'data-pagination':
      return wrap({ data, pagination: figures }, settings)
    case 'root':
      return wrap({ data, ...figures }, settings)
    case 'nested':
      return wrap({ data: { data, ...figures } }, settings)
  }
}

/** The body of a single message. */
export function detailBody(item: WacrItem, settings: WacrSettings): unknown {
  return wrap(settings.detailEnvelope === 'data' ? { data: item } : item, settings)
}

function pageFigures(
  { items, page, perPage, total }: WacrPage,
  settings: WacrSettings,
): Record<string, unknown> {
  const first = (page - 1) * perPage + 1
  const figures = {
    current_page: page,
    from: items.length === 0 ? null : first,
    to: items.length === 0 ? null : first + items.length - 1,
    ...(settings.reportPerPage ? { per_page: perPage } : {}),
    ...(total === null ? {} : { last_page: Math.max(1, Math.ceil(total / perPage)), total }),
  }
  return settings.numbersAsStrings ? (stringifyNumbers(figures) as Record<string, unknown>) : figures
}

function wrap(body: Record<string, unknown>, { wrapper }: WacrSettings): unknown {
  if (!wrapper) return body
  // Fields of a bare message win: a message has a status of its own.
  return { success: true, status: 'success', message: 'Messages retrieved.', ...body }
}
