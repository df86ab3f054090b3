import { createHash } from 'node:crypto'
import { plainOctopodsRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, enterToken, expectText, visitWithToken } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const WHOLE = 'whole-s3cret-token'
const NUMBERS = 'numbers-s3cret-token'
const sentAt = Date.now() - 3_600_000
const LOG = `to;at;text\n+14155552671;${new Date(sentAt).toISOString()};Code 1\n`
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const sha256 = createHash('sha256').update(NUMBERS).digest('hex')
  const auth = { bearerTokens: [WHOLE], tokens: [{ name: 'numbers', sha256, scopes: ['messages:read'] }] }
  const octopods = [plainOctopodsRow(1, { createdAt: sentAt, content: 'Code 1', status: 'DELIVERED' })]
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ octopods, server: { auth } })])
  await untilArchived(waybill.url, { octo: 1, shop: 0 }, WHOLE)
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

async function exchangeTokens(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Forget the token' }).click()
  await enterToken(page, NUMBERS)
}

/** The requests that the page has ended: their paths, with the format that they ask for. */
function endedRequests(page: Page): string[] {
  const ended: string[] = []
  page.on('requestfailed', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    const format = searchParams.get('format')
    ended.push(format === null ? pathname : `${pathname}?format=${format}`)
  })
  return ended
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
}

it('whoever enters the next token sees nothing of the session before, and what ran for it ends', async () => {
  const { page } = await visitWithToken(browser, `${waybill.url}/?panel=reconcile`, WHOLE)
  const ended = endedRequests(page)
  // Answers that never arrive: only the page can end these requests.
  await page.route(/\/messages\.csv|\/reconcile\?.*format=csv/, () => undefined)
  await choose(page, 'log.csv', Buffer.from(LOG))
  await page.getByRole('button', { name: 'Compare with the history' }).click()
  await page.locator('details.verdict', { hasText: 'Matched' }).waitFor()
  await page.getByRole('button', { name: 'Download CSV' }).click()
  await expectText(page, 'Comparing once more for CSV')
  await page.getByRole('link', { name: 'Download' }).click()
  await page.getByRole('button', { name: 'Download CSV' }).click()
  await page.getByRole('button', { name: 'Cancel' }).waitFor()

  await exchangeTokens(page)
  await expect.poll(() => ended).toEqual(expect.arrayContaining(['/messages.csv', '/reconcile?format=csv']))
  await page.getByRole('button', { name: 'Download CSV' }).waitFor()
  expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Reconcile' }).click()
  await page.getByLabel('Choose a log:').waitFor()
  expect(await page.locator('details.verdict').count()).toBe(0)
  expect(await page.locator('main').innerText()).not.toContain('log.csv')
})

it('a comparison that runs, and a log that cannot be read, are gone with the token', async () => {
  const { page } = await visitWithToken(browser, `${waybill.url}/?panel=reconcile`, WHOLE)
  const ended = endedRequests(page)
  await page.route('**/reconcile?*', () => undefined)
  await choose(page, 'log.csv', Buffer.from(LOG))
  await page.getByRole('button', { name: 'Compare with the history' }).click()
  await page.getByRole('button', { name: 'Cancel' }).waitFor()
  await exchangeTokens(page)
  await expect.poll(() => ended).toContain('/reconcile')
  await page.getByLabel('Choose a log:').waitFor()
  expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0)

  await choose(page, 'log.gz', Buffer.from([0x1f, 0x8b, 8, 0]))
  await expectText(page, 'It is a compressed file.')
  await exchangeTokens(page)
  await page.getByLabel('Choose a log:').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})
