import { isTimeClause, type ListRequest, type Message } from '@waybill/core'
import type { WacrFilterClause, WacrRow, WacrSort } from '@waybill/emulators'
import { liesOf } from './lie.js'
import type { ModelSettings } from './model-settings.js'

/** The list that a request is answered from, which is not the one that was asked for where the upstream lies. */
export interface ModelList {
  readonly filter: readonly WacrFilterClause[]
  readonly sort: WacrSort
  /** Rows from `start` to `stop`, counted from 0, in the order of the list; equal times in any order. */
  rows(start: number, stop: number): WacrRow[]
  /** How many rows are in it. */
  count(): number
}

export function listOf({ table, plan, requests }: ModelSettings, request: ListRequest): ModelList {
  const filter = request.filter.flatMap(clauseOf).filter(({ field }) => {
    if (field === 'direction')
      return !liesOf(plan.lies, 'direction-ignored').some((lie) => requests > lie.afterRequests)
    const name = field === 'status' ? 'status' : 'interactionId'
    return !liesOf(plan.lies, 'filter-ignored').some((lie) => lie.field === name)
  })
  const instead = liesOf(plan.lies, 'sort-ignored')[0]?.instead ?? null
  const asked = request.sort.direction === 'desc'
  const descending = instead === 'reversed' || instead === 'turned-pages' ? !asked : asked
  const column = request.sort.field === 'updatedAt' && instead !== 'createdAt' ? 'updated_at' : 'created_at'
  const sort: WacrSort = descending ? `-${column}` : column
  const byId = (): WacrRow[] => {
    const all = table.page({ filter, sort: 'created_at', perPage: table.size + 1, seed: 1 })
    return all.toSorted((a, b) => (descending ? b.id - a.id : a.id - b.id))
  }
  const window = (start: number, stop: number): WacrRow[] => {
    const [page, perPage] = [start / (stop - start) + 1, stop - start]
    return table.page({ filter, sort, page, perPage })
  }
  const rowsOf = (start: number, stop: number): WacrRow[] =>
    instead === 'id' ? byId().slice(start, stop) : window(start, stop)
  const isUnknown = liesOf(plan.lies, 'direction-unknown').some(({ values }) =>
    filter.some(
      (clause) => clause.field === 'direction' && (values === 'both' || clause.values.includes('outbound')),
    ),
  )
  return {
    filter,
    sort,
    rows: (start, stop) => {
      if (isUnknown) return []
      return instead === 'turned-pages' ? rowsOf(start, stop).toReversed() : rowsOf(start, stop)
    },
    count: () => (isUnknown ? 0 : table.count({ filter })),
  }
}

function clauseOf(clause: ListRequest['filter'][number]): WacrFilterClause[] {
  // The upstream knows no beginnings: no clause of them gets here.
  if (isTimeClause(clause) || clause.operator === 'startsWith') return []
  const values = clause.values.map((value) => value.toLowerCase())
  const operator = clause.operator === 'notIn' ? 'not_in' : clause.operator
  switch (clause.field) {
    case 'direction':
    case 'status':
      return [{ field: clause.field, operator, values }]
    case 'interactionId':
      return [{ field: 'interaction_id', operator, values }]
    default:
      return []
  }
}

/** A row as the upstream lists it. */
export function listed(row: WacrRow): Message {
  return {
    upstreamId: String(row.id),
    whatsappId: null,
    direction: row.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
    type: 'TEXT',
    rawType: row.type,
    status: statusOf(row),
    rawStatus: row.status,
    text: row.message,
    from: null,
    to: null,
    contact: null,
    interactionId: row.interactionId === null ? null : String(row.interactionId),
    isRead: row.isRead,
    sentAt: row.timeSent ?? row.createdAt,
    failure: null,
    raw: null,
  }
}

function statusOf({ status }: WacrRow): Message['status'] {
  if (status === null) return null
  return status === 'read' ? 'READ' : 'SENT'
}
