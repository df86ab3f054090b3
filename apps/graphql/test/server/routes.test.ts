import { expect, test } from 'vitest'
import { readGraphQL, startHarness } from './support/harness.js'

test('health and readiness have a route each', async () => {
  const { get } = await startHarness()
  expect(await get('/healthz')).toMatchObject({ status: 200, text: '{"status":"up"}' })
  expect(await get('/readyz')).toMatchObject({ status: 200, text: '{"status":"ready"}' })
})

test('the root is the page for operations people, which may load files of this server only', async () => {
  const { get } = await startHarness()
  const page = await get('/')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = page.headers.get('content-security-policy')
  expect(policy).toContain(`default-src 'none'; script-src 'self'; style-src 'self'`)
  expect(policy).not.toMatch(/unsafe|https?:|\*/)

  const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file)
  expect(files.map((file) => file.replace(/-[\w-]{8}\./, '.'))).toEqual([
    './page/icon.svg',
    './page/index.js',
    './page/index.css',
  ])
  for (const file of files) {
    const asset = await get(`/${file}`)
    expect(asset.status).toBe(200)
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  }
})

test('how to log in is public, and only then the page may reach the identity provider', async () => {
  const open = await startHarness()
  expect(JSON.parse((await open.get('/login')).text)).toEqual({ login: null })

  const login = { clientId: 'page', scopes: ['openid'], parameters: { audience: 'waybill' } }
  const { get } = await startHarness({
    auth: {
      kind: 'bearer',
      bearerTokens: [],
      tokens: [],
      jwt: {
        issuer: 'https://id.example/tenant/',
        audience: 'waybill',
        jwksUrl: 'https://id.example/jwks.json',
        scopesClaim: 'scope',
        sourcesClaim: 'waybill_sources',
        login: { ...login, origins: ['https://token.example'] },
      },
    },
  })
  const answer = await get('/login')
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toEqual({ login: { issuer: 'https://id.example/tenant/', ...login } })
  const policy = (await get('/')).headers.get('content-security-policy')
  expect(policy).toContain(`connect-src 'self' https://id.example https://token.example; `)
  expect(policy?.replace(/connect-src [^;]*/, '')).not.toMatch(/https?:/)
})

test.each([
  '/nothing',
  '/graphql/assets/nothing.js',
  '/page/nothing.js',
  '/page/../index.html',
  '/page/%2e%2e/index.html',
  '/graphql/assets/../x',
  '/__proto__',
  '//',
])('%s is not found, in JSON', async (path) => {
  const { get } = await startHarness()
  const answer = await get(path)
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
})

test.each([
  ['DELETE', '/graphql', 'GET, HEAD, POST, OPTIONS'],
  ['PUT', '/graphql', 'GET, HEAD, POST, OPTIONS'],
  ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ['POST', '/metrics', 'GET, HEAD, OPTIONS'],
  ['GET', '/reconcile', 'POST, OPTIONS'],
])('%s %s gets the list of allowed methods', async (method, path, allow) => {
  const { get } = await startHarness()
  const answer = await get(path, { method })
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe(allow)
  const [message] = answer.text.match(/Use [^"]*/) ?? []
  expect(message).toBe(`Use ${allow.replace(', OPTIONS', '').replaceAll(', ', ' or ')}.`)
})

test('OPTIONS lists the methods', async () => {
  const { get } = await startHarness()
  const answer = await get('/graphql', { method: 'OPTIONS' })
  expect(answer).toMatchObject({ status: 204, text: '' })
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
})

test('a slash at the end of a path makes no difference', async () => {
  const { get } = await startHarness()
  expect(readGraphQL(await get('/graphql/?query={__typename}')).data).toEqual({ __typename: 'Query' })
  expect((await get('/healthz/')).status).toBe(200)
  const page = await get('/graphql/', { headers: { accept: 'text/html' }, redirect: 'manual' })
  expect([page.status, page.headers.get('location')]).toEqual([302, '../graphql'])
})

test('HEAD has the headers of GET and no body', async () => {
  const { get } = await startHarness()
  const answer = await get('/healthz', { method: 'HEAD' })
  expect(answer).toMatchObject({ status: 200, text: '' })
  expect(answer.headers.get('content-length')).toBe('15')
  const [head, whole] = await Promise.all(
    ['HEAD', 'GET'].map((method) => get('/graphql?query={__typename}', { method })),
  )
  expect(head).toMatchObject({ status: 200, text: '' })
  expect(head?.headers.get('content-length')).toBe(String(whole?.text.length))
})

test('no reply can be framed, sniffed, or read by another site', async () => {
  const { get } = await startHarness()
  for (const path of ['/healthz', '/nothing', '/graphql?query={__typename}']) {
    const { headers } = await get(path, { headers: { origin: 'https://other.example' } })
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  }
})
