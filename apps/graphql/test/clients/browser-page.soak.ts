import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser, type LaunchedBrowser } from '../../../../test/support/browser.js'
import { SERVER_TOKEN } from '../server/support/secrets.js'

const { url, appOrigin } = inject('builtServer')
let launched: LaunchedBrowser

beforeAll(async () => {
  launched = await launchBrowser()
})

afterAll(() => launched.close())

/** What a page of an origin gets for a query, or that it could not read the answer. */
async function queryFrom(browser: Browser, origin: string, token: string): Promise<unknown> {
  const page = await browser.newPage()
  await page.goto(origin)
  return page.evaluate(
    async ([target = '', authorization = '']) => {
      const headers = { 'content-type': 'application/json', authorization }
      const body = '{"query":"{ __typename }"}'
      try {
        const answer = await fetch(target, { method: 'POST', headers, body })
        const { data, errors } = (await answer.json()) as { data?: unknown; errors?: unknown }
        return { data, errors, requestId: answer.headers.get('x-request-id') !== null }
      } catch {
        return 'refused'
      }
    },
    [url, `Bearer ${token}`],
  )
}

test('a page of a configured origin can query, and reads the answer and the id of its request', async () => {
  expect(await queryFrom(launched.browser, appOrigin, SERVER_TOKEN)).toMatchObject({
    data: { __typename: 'Query' },
    requestId: true,
  })
})

test('such a page also reads why its token is refused', async () => {
  expect(await queryFrom(launched.browser, appOrigin, 'wrong')).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  })
})

test('a page of another origin reads nothing, not even with a token', async () => {
  const other = appOrigin.replace('127.0.0.1', 'localhost')
  expect(await queryFrom(launched.browser, other, SERVER_TOKEN)).toBe('refused')
})
