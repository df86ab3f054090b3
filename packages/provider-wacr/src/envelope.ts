/**
 * The places of the list and its figures in a page of WA.cr, whose envelope is not documented: that of any Laravel
 * application. The list is the body itself, `data`, or `data.data`; the figures are in `meta` or `pagination` beside
 * it, in `meta.pagination` (Fractal), or beside it directly, or nowhere.
 */
import { describeValue, invalidResponse, listIn, valueAt } from '@waybill/http'

/** A page taken out of its envelope. */
export interface OpenedEnvelope {
  readonly items: readonly unknown[]
  /** The place of the items in the body. */
  readonly at: string
  /** What may hold the page's figures, the likeliest first. */
  readonly figures: readonly unknown[]
}

/**
 * Finds the list in a body.
 *
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE if the body has no list.
 */
export function openEnvelope(body: unknown, source: string): OpenedEnvelope {
  const opened = findList(body)
  if (opened !== null) return opened
  const outer = valueAt(body, ['data'])
  const found =
    outer === undefined ? `${describeValue(body)} without one` : `${describeValue(outer)} under data`
  throw invalidResponse(source, `expected a list of messages, found ${found}`)
}

/** The list in a body; null if it has none. */
export function findList(body: unknown): OpenedEnvelope | null {
  const places = [['meta', 'pagination'], ['meta'], ['pagination']]
  const outside = [...places.map((place) => valueAt(body, place)), body]
  const outer = valueAt(body, ['data'])
  const inner = valueAt(outer, ['data'])
  const lists = [
    { at: '', items: listIn(body), figures: [] },
    { at: 'data', items: listIn(outer), figures: outside },
    { at: 'data.data', items: listIn(inner), figures: [outer, ...outside] },
  ]
  for (const { items, ...place } of lists) if (items !== null) return { items, ...place }
  return null
}
