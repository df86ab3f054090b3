import { parseExactJson } from '@waybill/core'
import {
  registerConformance,
  type ConformanceRow,
  type ConformanceWorld,
  type Failure,
} from '@waybill/testkit'
import { afterAll, describe, it } from 'vitest'
import { createProvider } from './provider.js'
import { Courier, sendJson, type Instead, type Letter } from './upstream.js'

const courier = new Courier()
const baseUrl = await courier.start()

afterAll(() => courier.stop())

const world: ConformanceWorld = {
  create: createProvider,
  options: { key: courier.key, baseUrl },
  secrets: [courier.key],
  reset: (rows) => {
    courier.letters = rows.map(toLetter)
    courier.instead = null
    courier.spoilt = null
    courier.extended = null
    courier.contentType = 'application/json'
  },
  fail: (failure) => {
    courier.instead = toAnswer(failure)
  },
  requests: () => courier.requests,
  underWay: () => courier.underWay,
  spoil: (position) => {
    courier.spoilt = position
  },
  extend: (position, { json, contentType }) => {
    courier.extended = { position, member: parseExactJson(json) }
    courier.contentType = contentType
  },
  failedBodies: {
    'an error beside an empty list': {
      body: JSON.stringify({ error: 'The key has expired.', letters: [], more: false, count: 0 }),
      code: 'UPSTREAM_UNAUTHORIZED',
    },
    'a status alone': { body: JSON.stringify({ status: 503 }), code: 'UPSTREAM_UNAVAILABLE' },
  },
  hostileBodies: {
    'a letter without a recipient': JSON.stringify({ letters: [{ id: 1 }], more: false, count: 1 }),
  },
  notSupported: {
    'error: forbidden': 'Courier has no permissions: a key that is known may read everything.',
  },
}

function toLetter(row: ConformanceRow): Letter {
  return {
    id: row.number,
    to: row.to ?? '',
    body: row.text ?? '',
    // UNKNOWN stands for every word that Courier may come up with.
    state: row.status === 'UNKNOWN' ? 'returned' : (row.status ?? '').toLowerCase(),
    error: row.failure?.reason ?? null,
    createdAt: row.createdAt,
  }
}

function toAnswer(failure: Failure): Instead {
  switch (failure.kind) {
    case 'unauthorized':
      return (response) => sendJson(response, 401, { error: 'unknown key' })
    case 'forbidden':
      throw new Error('Courier never answers that.')
    case 'rateLimited':
      return (response) => {
        const { retryAfterSeconds: seconds } = failure
        if (seconds !== null) response.setHeader('retry-after', seconds)
        sendJson(response, 429, { error: 'too many requests' })
      }
    case 'rejected':
      return (response) => sendJson(response, 422, { error: 'bad parameter' })
    case 'unavailable':
      return (response) => sendJson(response, 503, { error: 'try later' })
    case 'reset':
      return (response) => void response.socket?.resetAndDestroy()
    case 'silence':
      return () => {}
    case 'answer':
      return (response) => {
        response.writeHead(failure.status, { 'content-type': failure.contentType }).end(failure.body)
      }
  }
}

registerConformance({ describe, it }, world)
