import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { WACR_TOKEN } from '../support/secrets.js'
import { startUpstreams, type Upstreams } from '../support/upstreams.js'
import { readList } from './reading.js'

interface Case {
  readonly source: 'octo' | 'shop'
  readonly body: object
  readonly code: string
  /** The upstream's own words, which are for the operator alone. */
  readonly words?: string
}

const CASES: readonly Case[] = [
  {
    source: 'shop',
    body: { status: 'error', message: 'Token expired', data: [] },
    code: 'UPSTREAM_UNAUTHORIZED',
    words: 'Token expired',
  },
  { source: 'shop', body: { status: false, data: [] }, code: 'UPSTREAM_REJECTED' },
  {
    source: 'shop',
    body: { success: 0, message: 'Too many requests', data: [] },
    code: 'UPSTREAM_RATE_LIMITED',
    words: 'Too many requests',
  },
  {
    source: 'shop',
    body: { error: { code: 'INSUFFICIENT_SCOPE', message: 'Scope missing' }, data: [] },
    code: 'UPSTREAM_FORBIDDEN',
  },
  {
    source: 'shop',
    body: { errors: [{ message: 'Server Error' }], data: [] },
    code: 'UPSTREAM_UNAVAILABLE',
    words: 'Server Error',
  },
  { source: 'shop', body: { ok: 'false', data: { data: [] } }, code: 'UPSTREAM_REJECTED' },
  { source: 'shop', body: { status: 401, data: null }, code: 'UPSTREAM_UNAUTHORIZED' },
  { source: 'octo', body: { error_code: 6, messages: [] }, code: 'UPSTREAM_UNAUTHORIZED' },
  {
    source: 'octo',
    body: { error_code: '6', error: 'DEPRECATED_API_KEY', messages: [] },
    code: 'UPSTREAM_UNAUTHORIZED',
  },
  {
    source: 'octo',
    body: { success: false, error: 'Internal error', messages: [] },
    code: 'UPSTREAM_UNAVAILABLE',
  },
]

async function startFailing({ source, body }: Pick<Case, 'source' | 'body'>): Promise<Upstreams> {
  const upstreams = await startUpstreams({
    octopods: { rows: [plainOctopodsRow(1)] },
    wacr: { rows: [plainWacrRow(1)] },
  })
  const { faults } = source === 'octo' ? upstreams.octopods : upstreams.wacr
  faults.when(() => true, { kind: 'status', status: 200, body })
  return upstreams
}

describe('an error inside an answer of HTTP 200', () => {
  test.each(CASES)('is no empty history: $source $body', async (given) => {
    const { source, code, words } = given
    const { errors, nodes } = await readList(await startFailing(given), { source })
    expect(nodes).toEqual([])
    expect(errors).toMatchObject([{ path: ['messages'], extensions: { code, source } }])
    expect(errors[0]?.message).toContain('an error inside an answer of HTTP 200')
    if (words !== undefined) expect(JSON.stringify(errors)).not.toContain(words)
  })

  test.each(CASES)('is in the report under PARTIAL: $source $body', async (given) => {
    const { source, code } = given
    const reading = { source, filter: {}, policy: 'PARTIAL' } as const
    const { nodes, totalCount, reports } = await readList(await startFailing(given), reading)
    expect(nodes).toHaveLength(1)
    expect(totalCount).toBeNull()
    expect(reports).toMatchObject([{ outcome: 'FAILED', completeness: 'UNKNOWN', error: { code } }])
  })
})

test("the upstream's words about the credentials are not passed on", async () => {
  const body = { success: false, message: `Token ${WACR_TOKEN} expired, call +49 151 12345678`, data: [] }
  const { errors } = await readList(await startFailing({ source: 'shop', body }))
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAUTHORIZED' } }])
  expect(JSON.stringify(errors)).not.toMatch(/expired|151|12345678/)
  expect(JSON.stringify(errors)).not.toContain(WACR_TOKEN)
})

test.each([
  { success: true, data: [] },
  { status: 'success', error: null, errors: [], message: 'No messages found.', data: [] },
])('a history that is really empty is one: %j', async (body) => {
  const upstreams = await startFailing({ source: 'shop', body })
  const { nodes, totalCount, reports, errors } = await readList(upstreams)
  expect([nodes, totalCount, errors]).toEqual([[], 0, []])
  expect(reports).toMatchObject([{ completeness: 'COMPLETE', warnings: [] }])
})
