import { type ListRequest, type MessageProvider, WaybillError } from '@waybill/core'
import type { Archive, SyncSource } from '../../src/index.js'

/** A source with cursors of its own, all of which it can make invalid at once. */
export interface CursorSource {
  readonly source: SyncSource
  invalidateCursors(): void
}

/** Another archive as an upstream: it reads by cursors, sorts by both times, and counts. */
export function cursorSource(
  upstream: Archive,
  { provider, ...source }: SyncSource,
  refusal: WaybillError = new WaybillError('INVALID_CURSOR', 'The cursor has expired.'),
): CursorSource {
  let epoch = 1
  const archived = upstream.source({ id: source.id, provider, maxStalenessMs: Number.MAX_SAFE_INTEGER })
  const own = (cursor: string): string => `${epoch}.${cursor}`
  const inner = (request: ListRequest): ListRequest => {
    if (request.page.kind !== 'cursor' || request.page.after === null) return request
    const [made, cursor = ''] = request.page.after.split('.')
    if (made !== String(epoch)) throw refusal
    return { ...request, page: { ...request.page, after: cursor } }
  }
  const list: MessageProvider['list'] = async (request, call) => {
    const result = await archived.list(inner(request), call)
    if (result.cursor === undefined) return result
    return { ...result, cursor: { ...result.cursor, cursors: result.cursor.cursors.map(own) } }
  }
  const { name, capabilities, get } = archived
  return {
    source: { ...source, provider: { name, capabilities, list, ...(get === undefined ? {} : { get }) } },
    invalidateCursors: () => void (epoch += 1),
  }
}
