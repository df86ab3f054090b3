import { fillLimits } from '@waybill/runtime'
import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.js'
import { exampleTabs } from '../../src/server/graphiql-examples.js'
import { documentLimitsRule } from '../../src/server/limits/document-limits.js'
import { bearerAuth, startHarness } from './support/harness.js'
import { SERVER_TOKEN } from './support/secrets.js'
import { startUpstreams } from './support/upstreams.js'

const NOW = new Date('2026-04-24T12:34:56Z')
const tabs = exampleTabs(NOW)
const HTML = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }

test('a browser gets a page that loads from this server only', async () => {
  const { get } = await startHarness()
  const page = await get('/graphql', HTML)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/)
  const assets = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path = '']) => path)
  expect(assets).toHaveLength(5)
  for (const path of assets) {
    expect(path).toMatch(/^graphql\/assets\/[\w.-]+$/)
    expect((await get(`/${path}`)).status).toBe(200)
  }
  expect(page.text).not.toMatch(/<script(?![^>]* src=)/)
})

test('what never changes may be kept for ever, and is sent compressed', async () => {
  const { get } = await startHarness()
  const { text } = await get('/graphql', HTML)
  const files = [...text.matchAll(/(?:src|href)="([^"]*(?:css|js))"/g)].map(([, path = '']) => `/${path}`)
  expect(files).toHaveLength(4)
  for (const path of files) {
    const answer = await get(path)
    const caching = path.endsWith('start.js') ? 'no-cache' : 'public, max-age=31536000, immutable'
    expect(answer.headers.get('cache-control')).toBe(caching)
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.headers.get('vary')).toContain('accept-encoding')
    for (const coding of ['identity', 'gzip;q=0, identity', 'GZIP']) {
      const plain = await get(path, { headers: { 'accept-encoding': coding } })
      expect(plain.headers.get('content-encoding')).toBe(coding === 'GZIP' ? 'gzip' : null)
      expect(plain.text === answer.text).toBe(true)
    }
  }
})

test('nobody without a token can make the server compress a file again', async () => {
  const { get } = await startHarness({ auth: bearerAuth(SERVER_TOKEN) })
  const pages = await Promise.all([get('/graphql', HTML), get('/')])
  const files = pages
    .flatMap(({ text }) => [...text.matchAll(/(?:src|href)="(?:\.\/)?([^"]*\.(?:css|js|svg))"/g)])
    .map(([, path = '']) => `/${path}`)
  expect(files).toHaveLength(8)
  for (const path of files) {
    for (const coding of ['br', 'zstd', 'br;q=1, gzip;q=0.1', 'deflate', '*']) {
      const { status, headers } = await get(path, { headers: { 'accept-encoding': coding } })
      expect([status, headers.get('content-encoding')]).toEqual([200, /gzip/.test(coding) ? 'gzip' : null])
    }
  }
})

test('whoever does not ask for a page gets none', async () => {
  const { get } = await startHarness()
  const answer = await get('/graphql')
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
})

test.each(tabs.map(({ query }) => [query]))('an example is valid, cheap and fits its editor: %s', (query) => {
  const document = parse(query)
  expect(validate(schema, document)).toEqual([])
  expect(validate(schema, document, [documentLimitsRule(fillLimits())])).toEqual([])
  const comments = query.split('\n').filter((line) => line.trimStart().startsWith('#'))
  expect(comments.filter((line) => line.length > 60)).toEqual([])
  expect(comments.length).toBeGreaterThan(0)
})

test('every example has an answer from the real providers', async () => {
  const { ask } = await startUpstreams()
  for (const { query, variables = '{}' } of tabs) {
    const answer = await ask(query, JSON.parse(variables) as Record<string, unknown>)
    expect(answer.errors).toEqual([])
  }
})

test('this week begins seven days ago at midnight', () => {
  expect(tabs.map(({ variables }) => variables)).toContain('{\n  "since": "2026-04-17T00:00:00.000Z"\n}')
})
