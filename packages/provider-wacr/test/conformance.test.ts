import { parseExactJson } from '@waybill/core'
import {
  startWacrEmulator,
  WACR_DEFAULTS,
  type Fault,
  type WacrRow,
  type WacrSettings,
  type WacrTableSettings,
} from '@waybill/emulators'
import {
  registerConformance,
  type ConformanceRow,
  type ConformanceWorld,
  type Failure,
} from '@waybill/testkit'
import { afterAll, describe, it } from 'vitest'
import createProvider from '../src/index.js'
import { TOKEN } from './support/connect.js'

const upstream = await startWacrEmulator({ token: TOKEN })

afterAll(() => upstream.close())

/** Ways in which a tenant may answer; the documentation leaves them open. */
const TENANTS: Readonly<Record<string, Tenant>> = {
  'as it is': { settings: {}, table: {} },
  'that tells no figures': {
    settings: { envelope: 'array', totals: false, numbersAsStrings: true, detailEnvelope: 'bare' },
    table: { searchCollation: 'unicode-ai', escapeLike: false },
  },
  'behind a middleware': {
    settings: {
      envelope: 'nested',
      wrapper: true,
      trimInput: true,
      timestampFormat: 'offset',
      errorShape: 'html',
    },
    table: { searchCollation: 'unicode' },
  },
}

interface Tenant {
  readonly settings: Partial<WacrSettings>
  readonly table: Partial<WacrTableSettings>
}

const worldOf = ({ settings, table }: Tenant): ConformanceWorld => ({
  create: createProvider,
  options: { token: TOKEN, baseUrl: upstream.url },
  secrets: [TOKEN],
  nullableText: true,
  reset: (rows) => {
    Object.assign(upstream.settings, WACR_DEFAULTS, { token: TOKEN }, settings)
    Object.assign(upstream.table.settings, { searchCollation: 'ascii', escapeLike: true }, table)
    upstream.faults.clear()
    for (const { id } of upstream.table.rows()) upstream.table.delete(id)
    for (const row of rows) upstream.table.insert(toWacrRow(row))
  },
  fail: (failure) => {
    // Of several faults the oldest is met.
    upstream.faults.clear()
    upstream.faults.when(() => true, toFault(failure))
  },
  requests: () => upstream.log.length,
  spoil: (position) =>
    upstream.faults.when(() => true, { kind: 'mutateItem', index: position, patch: { sent_at: null } }),
  extend: (position, { json, contentType }) => {
    upstream.settings.contentType = contentType
    const patch = { conformance: parseExactJson(json) }
    upstream.faults.when(() => true, { kind: 'mutateItem', index: position, patch })
  },
  writeTimesIn: (timeZone) => {
    upstream.settings.timeZone = timeZone
    return { token: TOKEN, baseUrl: upstream.url, timeZone }
  },
  failedBodies: {
    'a status': {
      body: JSON.stringify({ status: 'error', message: 'Token expired', data: [] }),
      code: 'UPSTREAM_UNAUTHORIZED',
    },
    'a documented code': {
      body: JSON.stringify({ success: false, error: { code: 'INSUFFICIENT_SCOPE' }, data: null }),
      code: 'UPSTREAM_FORBIDDEN',
    },
    'an error with rows': {
      body: JSON.stringify({ error: 'Server Error', data: [item(1)] }),
      code: 'UPSTREAM_UNAVAILABLE',
    },
    'a paginator that failed': {
      body: JSON.stringify({ data: { status: 429, data: [] } }),
      code: 'UPSTREAM_RATE_LIMITED',
    },
  },
  hostileBodies: {
    'an item without a time': JSON.stringify({ data: [{ id: 1, message: 'x' }] }),
    'no list where it should be': JSON.stringify({ data: { data: { data: [] } } }),
    'an id that is no integer': '[{"id": 1e400, "sent_at": "2026-04-24T12:00:00Z"}]',
  },
  notSupported: {
    'abort: closes the connection': 'The emulator does not tell which connections are open.',
  },
})

function item(id: number): object {
  return { id, sent_at: '2026-04-24T12:00:00Z' }
}

function toWacrRow(row: ConformanceRow): WacrRow {
  return {
    id: row.number,
    interactionId: row.interactionId === null ? null : Number(row.interactionId),
    senderId: row.from?.replace('+', '') ?? null,
    type: row.type?.toLowerCase() ?? null,
    message: row.text,
    status: row.status?.toLowerCase() ?? null,
    messageId: row.whatsappId,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    timeSent: row.sentAt === row.createdAt ? null : row.sentAt,
    isRead: row.isRead ?? false,
    direction: row.direction === 'INBOUND' ? 'inbound' : 'outbound',
    statusMessage: row.failure?.reason ?? null,
    refMessageId: null,
    url: null,
    staffId: null,
  }
}

function toFault(failure: Failure): Fault {
  switch (failure.kind) {
    case 'unauthorized':
      return { kind: 'status', status: 401 }
    case 'forbidden':
      return { kind: 'status', status: 403 }
    case 'rateLimited': {
      const { retryAfterSeconds: seconds } = failure
      return { kind: 'status', status: 429, headers: seconds === null ? {} : { 'retry-after': `${seconds}` } }
    }
    case 'rejected':
      return { kind: 'status', status: 422 }
    case 'unavailable':
      return { kind: 'status', status: 503 }
    case 'reset':
      return { kind: 'reset' }
    case 'silence':
      return { kind: 'hang' }
    case 'answer':
      return {
        kind: 'status',
        status: failure.status,
        headers: { 'content-type': failure.contentType },
        body: failure.body,
      }
  }
}

// One after the other: the worlds share one upstream.
describe.each(Object.entries(TENANTS))('a tenant %s', (_name, tenant) => {
  registerConformance({ describe, it }, worldOf(tenant))
})
