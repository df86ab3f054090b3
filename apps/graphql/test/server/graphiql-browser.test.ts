import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../../../../test/support/browser.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { bearerAuth, startHarness } from './support/harness.js'
import { messages } from './support/message.js'
import { SERVER_TOKEN } from './support/secrets.js'
import { startUpstreams } from './support/upstreams.js'

const PATIENCE = { timeout: 60_000 }
const SPAN = { endAt: Date.now(), spanMs: 86_400_000 }

test('GraphiQL runs an example and shows the documentation, without any other host', async () => {
  const { url } = await startUpstreams({
    octopods: { rows: generateOctopodsRows({ count: 30, seed: 1, ...SPAN }) },
    wacr: { rows: generateWacrRows({ count: 60, seed: 2, ...SPAN }) },
  })
  const { page, troubles } = await openPage(url)

  await page.goto(`${url}/graphql`)
  const tabs = page.getByRole('tab').filter({ hasText: /\w/ })
  const names = [
    'NewestMessages',
    'FailedThisWeek',
    'CountsByDay',
    'OnePhoneNumber',
    'Search',
    'LatestChanges',
    'WhatTheArchiveHolds',
    'WhatEachSourceCanDo',
    'DoesTheLogAgree',
  ]
  await expect.poll(() => tabs.allInnerTexts(), PATIENCE).toEqual(names)

  await page.getByRole('button', { name: /Execute query/ }).click()
  await expect.poll(() => answerOf(page), PATIENCE).toContain('"nodes": [')
  expect(await answerOf(page)).toContain('"source": {')
  expect(await answerOf(page)).not.toContain('"errors"')

  for (const name of names.toReversed()) {
    await page.getByRole('button', { name, exact: true }).click()
    await expect.poll(() => queryOf(page), PATIENCE).toContain(`query ${name}`)
  }

  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await page.getByRole('link', { name: 'messages', exact: true }).click()
  const documentation = page.locator('.graphiql-doc-explorer')
  await expect
    .poll(() => documentation.innerText(), PATIENCE)
    .toContain('The messages of all sources in one list')
  expect(await documentation.innerText()).toContain('maxUpstreamRequests')

  expect(troubles).toEqual([])
})

test('where a token is needed GraphiQL has one place for it, for all tabs and for this session only', async () => {
  const { url } = await startHarness({
    auth: bearerAuth(SERVER_TOKEN),
    sources: [sourceOf('a', arrayProvider({ messages: messages(3) }))],
  })
  const { page, troubles } = await openPage(url)
  await page.goto(`${url}/graphql`)
  const state = page.getByRole('status')
  const enter = async (token: string): Promise<void> => {
    await page.getByLabel('Token', { exact: true }).fill(token)
    await page.getByRole('button', { name: 'Use token' }).click()
  }
  await expect.poll(() => state.innerText(), PATIENCE).toBe('Queries need a token.')
  await enter('wrong')
  await expect.poll(() => state.innerText(), PATIENCE).toMatch(/^The server does not accept this token/)

  await enter(`Bearer ${SERVER_TOKEN}`)
  await expect.poll(() => state.innerText(), PATIENCE).toMatch(/^All tabs use the token/)
  await page.getByRole('button', { name: /Execute query/ }).click()
  await expect.poll(() => answerOf(page), PATIENCE).toContain('"text 1"')
  await page.getByRole('button', { name: 'WhatEachSourceCanDo', exact: true }).click()
  await expect.poll(() => queryOf(page), PATIENCE).toContain('query WhatEachSourceCanDo')
  // GraphiQL learns the name of a tab's operation a moment after it shows the tab.
  const answerNow = async (): Promise<string> => {
    await page.getByRole('button', { name: /Execute query/ }).click()
    return answerOf(page)
  }
  await expect.poll(answerNow, { ...PATIENCE, interval: 500 }).toContain('"capabilities"')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()

  // Whoever comes back finds their queries, and none of the headers that they typed.
  await page.getByRole('button', { name: 'Headers', exact: true }).click()
  await page.locator('[data-uri$="request-headers.json"]').first().click()
  await page.keyboard.insertText(`{"authorization":"bearer ${SERVER_TOKEN}"}`)
  const sent = page.waitForRequest(
    (request) => request.headers()['authorization']?.startsWith('bearer') === true,
  )
  await page.getByRole('button', { name: /Execute query/ }).click()
  await sent
  await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('"activeTabIndex":7'))
  await page.reload()
  await expect.poll(() => queryOf(page), PATIENCE).toContain('query WhatEachSourceCanDo')
  await expect.poll(() => state.innerText(), PATIENCE).toMatch(/^All tabs use the token/)

  // It is kept where the end of the session removes it, and nowhere else.
  const kept = await page.evaluate(() => [
    Object.values(sessionStorage).join(),
    Object.values(localStorage).join(),
  ])
  expect(kept[0]).toContain(SERVER_TOKEN)
  expect(kept[1]).not.toContain('s3cret')
  await page.getByRole('button', { name: 'Forget token' }).click()
  await expect.poll(() => state.innerText(), PATIENCE).toBe('Queries need a token.')
  expect(await page.evaluate(() => Object.values(sessionStorage))).not.toContain(SERVER_TOKEN)
  // The wrong token was refused, and the reload cut off what was under way.
  expect(
    troubles.filter((trouble) => !/\b401\b|^failed: .*\/graphql(\/assets\/\S+)?$/.test(trouble)),
  ).toEqual([])
})

/** Opens a page that may talk to the given server only, and collects whatever goes wrong in it. */
async function openPage(url: string): Promise<{ page: Page; troubles: string[] }> {
  const { browser, close } = await launchBrowser()
  onTestFinished(close)
  const page = await browser.newPage()
  const troubles: string[] = []
  await page.route('**', async (route) => {
    const target = route.request().url()
    if (target.startsWith(`${url}/`)) return route.continue()
    troubles.push(`request to ${target}`)
    return route.abort()
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`))
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`)
  })
  return { page, troubles }
}

/** What stands on the left, as far as it is in sight. */
async function queryOf(page: Page): Promise<string> {
  return plainText(await page.locator('[data-uri$="operation.graphql"]').first().innerText())
}

/** What stands on the right, as far as it is in sight. */
async function answerOf(page: Page): Promise<string> {
  return plainText(await page.locator('.graphiql-response').innerText())
}

/** The editor writes spaces that do not break. */
function plainText(text: string): string {
  return text.replaceAll('\u00A0', ' ')
}
