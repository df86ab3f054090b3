import { parseExactJson } from '@waybill/core'
import {
  OCTOPODS_DEFAULTS,
  startOctopodsEmulator,
  type Fault,
  type OctopodsRow,
  type OctopodsSettings,
} from '@waybill/emulators'
import {
  registerConformance,
  type ConformanceRow,
  type ConformanceWorld,
  type Failure,
} from '@waybill/testkit'
import { afterAll, describe, it } from 'vitest'
import createProvider from '../src/index.js'
import { API_KEY } from './support/connect.js'

const upstream = await startOctopodsEmulator({ apiKey: API_KEY })

afterAll(() => upstream.close())

/** The documented ways in which a channel may answer. */
const CHANNELS: Readonly<Record<string, Partial<OctopodsSettings>>> = {
  'with contents': { listShape: 'A', statusShape: 1, plusSign: 'mixed' },
  'without contents': { listShape: 'B', statusShape: 2, plusSign: 'without', numbersAsStrings: true },
}

const worldOf = (settings: Partial<OctopodsSettings>): ConformanceWorld => ({
  create: createProvider,
  options: { apiKey: API_KEY, baseUrl: upstream.url },
  secrets: [API_KEY],
  reset: (rows) => {
    Object.assign(upstream.settings, OCTOPODS_DEFAULTS, { apiKey: API_KEY }, settings)
    upstream.faults.clear()
    for (const { messageId } of upstream.table.rows()) upstream.table.delete(messageId)
    for (const row of rows) upstream.table.insert(toOctopodsRow(row))
  },
  fail: (failure) => {
    // Of several faults the oldest is met.
    upstream.faults.clear()
    upstream.faults.when(() => true, toFault(failure))
  },
  requests: () => upstream.log.length,
  spoil: (position) => {
    const patch = { created_at: null, sent_at: null }
    upstream.faults.when(() => true, { kind: 'mutateItem', index: position, patch })
  },
  extend: (position, { json, contentType }) => {
    upstream.settings.contentType = contentType
    const patch = { conformance: parseExactJson(json) }
    upstream.faults.when(() => true, { kind: 'mutateItem', index: position, patch })
  },
  writeTimesIn: (timeZone) => {
    upstream.settings.timeZone = timeZone
    return { apiKey: API_KEY, baseUrl: upstream.url, timeZone }
  },
  failedBodies: {
    'a documented code': {
      body: JSON.stringify({ error_code: 6, messages: [] }),
      code: 'UPSTREAM_UNAUTHORIZED',
    },
    'words alone': { body: JSON.stringify({ error: 'Too many requests' }), code: 'UPSTREAM_RATE_LIMITED' },
    'an error with rows': {
      body: JSON.stringify({ status: 'error', error_code: 2, messages: [item(1)] }),
      code: 'UPSTREAM_REJECTED',
    },
  },
  hostileBodies: {
    'an item without a time': JSON.stringify([{ message_id: 1, phone_number: '+14155550101' }]),
    'no list where it should be': JSON.stringify({ request_id: 'x', messages: {} }),
  },
  notSupported: {
    'abort: closes the connection': 'The emulator does not tell which connections are open.',
  },
})

function item(id: number): object {
  return { message_id: id, phone_number: '+14155550101', sent_at: '2026-04-24T12:00:00Z', status: 'sent' }
}

function toOctopodsRow(row: ConformanceRow): OctopodsRow {
  return {
    messageId: row.number,
    phoneNumber: row.to ?? '',
    createdAt: row.createdAt,
    content: row.text ?? '',
    status: row.status ?? 'UNKNOWN',
    failure:
      row.failure === null ? null : { code: Number(row.failure.code), title: row.failure.reason ?? '' },
    channelMessageId: row.whatsappId ?? '',
    deliveredAt: null,
    readAt: null,
    updatedAt: row.updatedAt,
  }
}

function toFault(failure: Failure): Fault {
  switch (failure.kind) {
    case 'unauthorized':
      return { kind: 'status', status: 400, body: { error_code: 6, error: 'DEPRECATED_API_KEY' } }
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
describe.each(Object.entries(CHANNELS))('a channel %s', (_name, settings) => {
  registerConformance({ describe, it }, worldOf(settings))
})
