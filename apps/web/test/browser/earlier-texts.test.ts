import { createHash } from 'node:crypto'
import { plainWacrRow } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { HOSTILE_TEXTS } from './support/hostile-texts.js'
import { untilArchived } from './support/until-archived.js'
import {
  connectBrowser,
  enterToken,
  expectText,
  visit,
  visitWithToken,
  withoutRefusals,
} from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const WHOLE = 'whole-s3cret-token'
const NUMBERS = 'numbers-s3cret-token'
const FAILED = plainWacrRow(3, { status: 'failed', statusMessage: '131026: The s3cret reason' })
const headers = { authorization: `Bearer ${WHOLE}` }
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const sha256 = createHash('sha256').update(NUMBERS).digest('hex')
  const tokens = [{ name: 'numbers', sha256, scopes: ['messages:read'] }]
  ;[browser, waybill] = await Promise.all([
    connectBrowser(),
    startWaybill({
      wacr: [plainWacrRow(1), plainWacrRow(2), FAILED],
      server: { auth: { bearerTokens: [WHOLE], tokens } },
    }),
  ])
  await untilArchived(waybill.url, { octo: 0, shop: 3 }, WHOLE)
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

interface ShopMessage {
  readonly id: string
  readonly source: { readonly key: string }
  readonly textHistory: readonly unknown[]
}

/** A message of the shop by its id there, as the archive has it. */
async function shopMessage(upstreamId: string): Promise<ShopMessage> {
  const query = `{ messagesByUpstreamId(upstreamId: "${upstreamId}") { id source { key } textHistory { text } } }`
  const response = await fetch(`${waybill.url}/graphql?query=${encodeURIComponent(query)}`, { headers })
  const { data } = (await response.json()) as {
    data: { messagesByUpstreamId: (ShopMessage | null)[] }
  }
  const found = data.messagesByUpstreamId.find((one) => one?.source.key === 'shop') ?? null
  if (found === null) throw new Error(`The shop has no message ${upstreamId}.`)
  return found
}

it('the texts before an edit are under the message, oldest first, each with the time of the edit', async () => {
  const unedited = `${waybill.url}/?message=${(await shopMessage('2')).id}`
  const { page: before } = await visitWithToken(browser, unedited, WHOLE)
  await before.getByRole('heading', { name: 'Details' }).waitFor()
  expect(await before.getByRole('heading', { name: 'Earlier texts' }).count()).toBe(0)
  const texts = [HOSTILE_TEXTS.script, HOSTILE_TEXTS.long, 'After all edits']
  for (const [index, message] of texts.entries()) {
    waybill.wacr.table.update(1, { message, updatedAt: Date.now() })
    await expect.poll(async () => (await shopMessage('1')).textHistory.length).toBe(index + 1)
  }
  const edited = `${waybill.url}/?message=${(await shopMessage('1')).id}`
  const { page, troubles } = await visitWithToken(browser, edited, WHOLE)
  await page.getByRole('heading', { name: 'Earlier texts' }).waitFor()
  const shown = await page.locator('.earlier-texts li').allInnerTexts()
  expect(shown.map((text) => /^edited, seen .*\d\d:\d\d/.test(text))).toEqual([true, true, true])
  expect(shown[1]).toContain("document.title = 'broken in'")
  expect(shown[2]).toContain('The first 4,000 of 1,000,005 characters are shown.')
  expect(await page.title()).toBe('Waybill')
  expect(await page.locator('#page script').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  expect(withoutRefusals(troubles)).toEqual([])
  const german = await visitWithToken(browser, edited, WHOLE, { locale: 'de-DE' })
  await expectText(german.page, 'Frühere Texte')
  await expectText(german.page, 'bearbeitet, erfasst')
})

it('no text, earlier or present, reaches a caller without access to contents, who learns that it is hidden', async () => {
  waybill.wacr.table.update(2, { message: 'The s3cond text', updatedAt: Date.now() })
  await expect.poll(async () => (await shopMessage('2')).textHistory.length).toBe(1)
  const { page } = await visit(browser, `${waybill.url}/?message=${(await shopMessage('2')).id}`)
  const answers: string[] = []
  await page.route('**/graphql', async (route, request) => {
    if (request.postData()?.includes('subscription ') === true) return route.continue()
    const response = await route.fetch()
    const body = await response.text()
    answers.push(body)
    return route.fulfill({ response, body })
  })
  await enterToken(page, NUMBERS)
  await page.getByRole('heading', { name: 'Details' }).waitFor()
  await expectText(page, 'Your token has no access to contents')
  await expectText(page, 'Hidden: your token has no access to contents.')
  expect(await page.getByRole('heading', { name: 'Earlier texts' }).count()).toBe(0)
  await expect.poll(() => answers.join()).toContain('"textHistory":[]')
  const seen = `${answers.join()} ${await page.locator('body').innerText()}`
  expect(seen).not.toMatch(/s3cond|Message 2|14155552671/)
  expect(await violationsOf(page)).toEqual([])
})

it('the reason of a failure is hidden from that caller as well, and said to be', async () => {
  const query = '{ messages(filter: { status: { eq: FAILED } }) { nodes { failure { reason } } } }'
  const known = `${waybill.url}/graphql?query=${encodeURIComponent(query)}`
  // The archive requests the reason apart from the list.
  await expect.poll(async () => (await fetch(known, { headers })).text()).toContain('s3cret reason')
  const address = `${waybill.url}/?panel=failures`
  const { page: whole } = await visitWithToken(browser, address, WHOLE)
  await expectText(whole, 'The s3cret reason (131026)')
  const { page } = await visitWithToken(browser, address, NUMBERS)
  const group = page.locator('.question')
  await expect.poll(() => group.innerText()).toMatch(/^1\s+Hidden: your token has no access to contents/)
  await group.locator('summary').click()
  await group.getByRole('link').waitFor()
  expect(await page.locator('body').innerText()).not.toMatch(/s3cret reason|131026|14155552671/)
})
