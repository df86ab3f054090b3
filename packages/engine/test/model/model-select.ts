import { isTimeClause, type ListRequest, type ListResult, type Message } from '@waybill/core'
import type { WacrFilterClause, WacrQuery, WacrRow } from '@waybill/emulators'
import type { ModelSettings } from './model-settings.js'

/** What a request selects at this moment. */
export function select(settings: ModelSettings, request: ListRequest): ListResult {
  const { table, plan } = settings
  const sort = sortOf(request)
  const filter = request.filter.flatMap(clauseOf)
  if (request.page.kind === 'window') {
    return {
      messages: table.page({ sort: '-created_at', perPage: request.page.limit }).map(listed),
      parameters: [],
    }
  }
  if (request.page.kind === 'cursor') return selectAfter(settings, { sort, filter }, request.page)
  const perPage = Math.min(request.page.size, settings.cap)
  const total = table.count({ filter })
  settings.onStage('counted')
  const rows = table.page({ sort, filter, page: request.page.number, perPage })
  return {
    messages: rows.map((row) => ({ ...listed(row), direction: null })),
    parameters: [`sort=${sort}`],
    page: {
      total: plan.tellsTotal ? total : null,
      lastPage: plan.tellsTotal ? Math.max(1, Math.ceil(total / perPage)) : null,
      pageSize: plan.tellsPageSize ? perPage : null,
    },
  }
}

/** A stable cursor: the sort key and id of the last row. */
function selectAfter(
  { table }: ModelSettings,
  query: { sort: NonNullable<WacrQuery['sort']>; filter: WacrFilterClause[] },
  page: { readonly after: string | null; readonly limit: number },
): ListResult {
  const sign = query.sort.startsWith('-') ? -1 : 1
  const column = query.sort.endsWith('updated_at') ? 'updatedAt' : 'createdAt'
  const compare = (a: readonly number[], b: readonly number[]): number =>
    sign * ((a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0))
  const keyOf = (row: WacrRow): readonly number[] => [row[column], row.id]
  const after = page.after === null ? null : page.after.split(':').map(Number)
  const rows = table
    .page({ sort: query.sort, filter: query.filter, perPage: table.size + 1 })
    .toSorted((a, b) => compare(keyOf(a), keyOf(b)))
    .filter((row) => after === null || compare(keyOf(row), after) > 0)
  const taken = rows.slice(0, page.limit)
  return {
    messages: taken.map(listed),
    parameters: [`sort=${query.sort}`],
    cursor: {
      cursors: taken.map((row) => keyOf(row).join(':')),
      hasNextPage: rows.length > taken.length,
      total: table.count({ filter: query.filter }),
    },
  }
}

function sortOf({ sort }: ListRequest): NonNullable<WacrQuery['sort']> {
  const column = sort.field === 'createdAt' ? 'created_at' : 'updated_at'
  return sort.direction === 'asc' ? column : `-${column}`
}

function clauseOf(clause: ListRequest['filter'][number]): WacrFilterClause[] {
  if (isTimeClause(clause) || clause.field !== 'direction') return []
  const operator = clause.operator === 'eq' ? 'eq' : 'ne'
  return [{ field: 'direction', operator, values: clause.values.map((value) => value.toLowerCase()) }]
}

function listed(row: WacrRow): Message {
  return {
    upstreamId: String(row.id),
    whatsappId: null,
    direction: row.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
    type: 'TEXT',
    rawType: row.type,
    status: 'SENT',
    rawStatus: row.status,
    text: row.message,
    from: null,
    to: null,
    interactionId: row.interactionId === null ? null : String(row.interactionId),
    isRead: row.isRead,
    sentAt: row.timeSent ?? row.createdAt,
    failure: null,
    raw: null,
  }
}
