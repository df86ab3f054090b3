import {
  type FieldCapability,
  type ListRequest,
  type Message,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type MessageProvider,
  type ProviderCapabilities,
  toldContact,
} from '@waybill/core'
import type { ConformanceRow, ConformanceWorld } from '@waybill/testkit'
import type { Archive } from '../../src/index.js'
import { liveProvider } from './live-provider.js'
import { storeOf } from '../../src/open/archive.js'

const ABSENT: FieldCapability = { domain: { kind: 'absent' } }
const values = (of: readonly string[], nullable: boolean): FieldCapability => ({
  domain: { kind: 'values', values: of, nullable },
})

/** What is archived: of one upstream everything that a message can have, of another hardly anything. */
export const UPSTREAMS: Readonly<Record<string, Partial<ProviderCapabilities['fields']>>> = {
  'that tells everything': {
    status: values(MESSAGE_STATUSES, true),
    type: values(MESSAGE_TYPES, true),
    direction: { ...values(MESSAGE_DIRECTIONS, false), listed: false },
  },
  'that tells little': {
    status: {
      domain: { kind: 'values', values: ['SENT', 'READ', 'UNKNOWN'], nullable: false, rest: 'UNKNOWN' },
    },
    type: ABSENT,
    direction: values(['OUTBOUND'], false),
    interactionId: { domain: { kind: 'integer', nullable: false } },
    from: ABSENT,
  },
}

/**
 * A source of an archive, filled by commits at the times at which its rows were updated. An archive loses nothing, so
 * each set of rows is a source of its own, and is filled once.
 */
export function archiveWorld(
  archive: Archive,
  fields: Partial<ProviderCapabilities['fields']>,
  secrets: readonly string[],
): ConformanceWorld {
  const { get: _, ...live } = liveProvider()
  const provider = {
    ...live,
    capabilities: { ...live.capabilities, fields: { ...live.capabilities.fields, ...fields } },
  }
  const filled = new Map<string, MessageProvider>()
  let current = archive.source({ id: 'nothing', provider, maxStalenessMs: 0 })

  async function fill(rows: readonly ConformanceRow[]): Promise<MessageProvider> {
    const id = `${Object.keys(fields).join()} ${filled.size}`
    const lease = await storeOf(archive).acquire(id, 'world', 60_000)
    if (lease === null) throw new Error('The lease is taken')
    for (const [observedAt, group] of Map.groupBy(rows, (row) => row.updatedAt)) {
      await storeOf(archive).commit({ lease, observedAt, messages: group.map(toMessage) })
    }
    return archive.source({ id, provider, maxStalenessMs: 0 })
  }

  return {
    create: () => ({
      ...current,
      list: (request: ListRequest, call) => current.list(request, call),
      find: async (id, call) => (await current.find?.(id, call)) ?? null,
      history: async (call) => (await current.history?.(call)) ?? { reachesBackTo: null, gaps: [] },
    }),
    secrets,
    nullableText: true,
    reset: async (rows) => {
      const key = JSON.stringify(rows)
      current = filled.get(key) ?? (await fill(rows))
      filled.set(key, current)
    },
  }
}

function toMessage({ number, createdAt, updatedAt, ...fields }: ConformanceRow): Message {
  return {
    ...fields,
    upstreamId: String(number),
    rawType: fields.type,
    rawStatus: fields.status,
    contact: toldContact(fields),
    raw: { number, createdAt, updatedAt },
  }
}
