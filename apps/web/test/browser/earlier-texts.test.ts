import { plainWacrRow } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { HOSTILE_TEXTS } from './support/hostile-texts.js'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectText, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  ;[browser, waybill] = await Promise.all([
    connectBrowser(),
    startWaybill({ wacr: [plainWacrRow(1), plainWacrRow(2)] }),
  ])
  await untilArchived(waybill.url, { octo: 0, shop: 2 })
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
  const response = await fetch(`${waybill.url}/graphql?query=${encodeURIComponent(query)}`)
  const { data } = (await response.json()) as {
    data: { messagesByUpstreamId: (ShopMessage | null)[] }
  }
  const found = data.messagesByUpstreamId.find((one) => one?.source.key === 'shop') ?? null
  if (found === null) throw new Error(`The shop has no message ${upstreamId}.`)
  return found
}

it('the texts before an edit are under the message, oldest first, each with the time of the edit', async () => {
  const unedited = await visit(browser, `${waybill.url}/?message=${(await shopMessage('2')).id}`)
  await unedited.page.getByRole('heading', { name: 'Details' }).waitFor()
  expect(await unedited.page.getByRole('heading', { name: 'Earlier texts' }).count()).toBe(0)
  const texts = [HOSTILE_TEXTS.script, HOSTILE_TEXTS.long, 'After all edits']
  for (const [index, message] of texts.entries()) {
    waybill.wacr.table.update(1, { message, updatedAt: Date.now() })
    await expect.poll(async () => (await shopMessage('1')).textHistory.length).toBe(index + 1)
  }
  const { id } = await shopMessage('1')
  const { page, troubles } = await visit(browser, `${waybill.url}/?message=${id}`)
  await page.getByRole('heading', { name: 'Earlier texts' }).waitFor()
  const shown = await page.locator('.earlier-texts li').allInnerTexts()
  expect(shown.map((text) => /^edited, seen .*\d\d:\d\d/.test(text))).toEqual([true, true, true])
  expect(shown[1]).toContain("document.title = 'broken in'")
  expect(shown[2]).toContain('The first 4,000 of 1,000,005 characters are shown.')
  expect(await page.title()).toBe('Waybill')
  expect(await page.locator('#page script').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  expect(troubles).toEqual([])
  const german = await visit(browser, `${waybill.url}/?message=${id}`, { locale: 'de-DE' })
  await expectText(german.page, 'Frühere Texte')
  await expectText(german.page, 'bearbeitet, erfasst')
})
