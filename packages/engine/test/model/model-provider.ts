import {
  type CallOptions,
  isTimeClause,
  type ListRequest,
  type ListResult,
  type Message,
  type MessageProvider,
  type Paging,
  type ProviderCapabilities,
  UpstreamError,
} from '@waybill/core'
import type { WacrFilterClause, WacrQuery, WacrRow, WacrTable } from '@waybill/emulators'

/** At which moments of a request the table may change. */
export type Stage = 'request' | 'counted' | 'selected'

/** How an upstream of the model serves its table. May be changed while it is read. */
export interface ModelSettings {
  readonly source: string
  readonly kind: Paging['kind']
  readonly table: WacrTable
  readonly skewSeconds: number
  /** The largest page that is really served. */
  cap: number
  /** What the envelope tells. */
  readonly tellsTotal: boolean
  readonly tellsPageSize: boolean
  /** How many of the next requests fail. */
  faults: number
  onStage: (stage: Stage) => void
  requests: number
}

/** A provider straight over a table: the same translation as over HTTP, without the wire. */
export function modelProvider(settings: ModelSettings): MessageProvider {
  return {
    name: 'model',
    capabilities: capabilitiesOf(settings),
    async list(request: ListRequest, call?: CallOptions): Promise<ListResult> {
      call?.beforeAttempt?.()
      settings.requests += 1
      await Promise.resolve()
      settings.onStage('request')
      if (settings.faults > 0) {
        settings.faults -= 1
        throw new UpstreamError('UPSTREAM_UNAVAILABLE', 'The model failed.', { source: settings.source })
      }
      const result = select(settings, request)
      settings.onStage('selected')
      return result
    },
  }
}

function capabilitiesOf({ kind, skewSeconds }: ModelSettings): ProviderCapabilities {
  const paging: Paging =
    kind === 'window'
      ? { kind, maxItems: 100 }
      : kind === 'page'
        ? { kind, maxPageSize: 100 }
        : { kind, maxPageSize: 50 }
  const direction = { kind: 'values', values: ['INBOUND', 'OUTBOUND'], nullable: false } as const
  return {
    paging,
    fields: {
      status: { domain: { kind: 'values', values: ['SENT', 'READ'], nullable: true } },
      type: { domain: { kind: 'values', values: ['TEXT'], nullable: false } },
      direction:
        kind === 'page'
          ? { domain: direction, operators: { eq: 'exact', ne: 'exact' } }
          : { domain: direction },
      interactionId: { domain: { kind: 'integer', nullable: true } },
      from: { domain: { kind: 'absent' } },
      to: { domain: { kind: 'absent' } },
      sentAt: { domain: { kind: 'time' } },
    },
    search: 'none',
    sorts: (['createdAt', 'updatedAt'] as const).flatMap((field) =>
      kind === 'window' && field === 'updatedAt'
        ? []
        : (['asc', 'desc'] as const).map((each) => ({ field, direction: each })),
    ),
    sparseFields: false,
    totals: 'maybe',
    maxSkewMs: skewSeconds * 1000,
  }
}

function select(settings: ModelSettings, request: ListRequest): ListResult {
  const { table } = settings
  const sort = sortOf(request)
  const filter = request.filter.flatMap(clauseOf)
  if (request.page.kind === 'window') {
    return {
      messages: table.page({ sort: '-created_at', perPage: request.page.limit }).map(messageOf),
      parameters: [],
    }
  }
  if (request.page.kind === 'cursor') return selectAfter(settings, { sort, filter }, request.page)
  const perPage = Math.min(request.page.size, settings.cap)
  const total = table.count({ filter })
  settings.onStage('counted')
  const rows = table.page({ sort, filter, page: request.page.number, perPage })
  return {
    messages: rows.map(messageOf),
    parameters: [`sort=${sort}`],
    page: {
      total: settings.tellsTotal ? total : null,
      lastPage: settings.tellsTotal ? Math.max(1, Math.ceil(total / perPage)) : null,
      pageSize: settings.tellsPageSize ? perPage : null,
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
    messages: taken.map(messageOf),
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

function messageOf(row: WacrRow): Message {
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
