import {
  type CallOptions,
  type ListRequest,
  type ListResult,
  type MessageProvider,
  type ProviderCapabilities,
  printClause,
  type SourceField,
  type ValueOperator,
  WaybillError,
} from '@waybill/core'
import type { ConformanceRow, ConformanceWorld } from '../../src/index.js'
import { answer, isPlace, toMessage } from './reference-table.js'

const VALUES = { eq: 'exact', ne: 'exact', in: 'exact', notIn: 'exact', startsWith: 'exact' } as const
const TEXT = { domain: { kind: 'text', nullable: true }, operators: VALUES } as const

const CAPABILITIES: ProviderCapabilities = {
  paging: { kind: 'cursor', maxPageSize: 30 },
  fields: {
    status: { domain: { kind: 'values', values: ['SENT', 'READ'], nullable: true }, operators: VALUES },
    type: { domain: { kind: 'absent' } },
    direction: { domain: { kind: 'values', values: ['OUTBOUND'], nullable: false } },
    interactionId: { domain: { kind: 'absent' } },
    from: TEXT,
    to: TEXT,
    sentAt: { domain: { kind: 'time' } },
  },
  phone: VALUES,
  search: 'exact',
  sorts: [{ field: 'createdAt', direction: 'desc' }],
  sparseFields: false,
  totals: 'always',
  maxSkewMs: 0,
}

/** What is wrong with a provider, as some of its methods. */
export type LocalFlaw = (
  sound: MessageProvider,
  rows: () => readonly ConformanceRow[],
) => Partial<MessageProvider>

/** A provider that has its rows at hand, sends no HTTP requests, and is not made from a configuration. */
export function localWorld(flaw: LocalFlaw = () => ({})): ConformanceWorld {
  let rows: readonly ConformanceRow[] = []
  const provider: MessageProvider = {
    name: 'local-provider',
    capabilities: CAPABILITIES,
    list: async (request, call) => list(rows, request, call),
    find: async (id, call) => {
      call?.signal?.throwIfAborted()
      return rows.map(toMessage).find(({ upstreamId }) => upstreamId === id) ?? null
    },
    history: async (call) => {
      call?.signal?.throwIfAborted()
      return { reachesBackTo: 1000, gaps: [{ from: 2000, to: 3000 }] }
    },
  }
  return {
    create: () => ({ ...provider, ...flaw(provider, () => rows) }),
    secrets: ['a password'],
    nullableText: true,
    reset: (given) => {
      rows = given
    },
  }
}

function list(rows: readonly ConformanceRow[], request: ListRequest, call?: CallOptions): ListResult {
  call?.signal?.throwIfAborted()
  const { page, filter, sort } = request
  if (page.kind !== 'cursor' || sort.field !== 'createdAt' || sort.direction !== 'desc') {
    throw new TypeError('Not declared.')
  }
  for (const { field, operator } of filter) {
    const { operators } =
      field === 'phone' ? { operators: VALUES } : (CAPABILITIES.fields[field as SourceField] ?? {})
    if (operators?.[operator as ValueOperator] === undefined) throw new TypeError('Not declared.')
  }
  if (!isPlace(page)) throw new WaybillError('INVALID_CURSOR', 'This is no cursor of this list.')
  const { messages, cursors, hasNextPage, total } = answer(rows, request)
  return { messages, parameters: filter.map(printClause), cursor: { cursors, hasNextPage, total } }
}
