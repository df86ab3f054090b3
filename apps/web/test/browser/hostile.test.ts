import { plainWacrRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type LaunchedBrowser } from '../../../../test/support/browser.js'
import { violationsOf } from './support/accessibility.js'
import { expectRow, PHONE, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill, untilArchived } from './support/waybill.js'

const ZALGO = `Z${'\u0353\u0321\u032E\u0349\u034A\u0301'.repeat(60)}algo`
const TEXTS = {
  script: `<script>document.title = 'broken in'</script>script`,
  image: `<img src="x" onerror="document.title = 'broken in'">image`,
  link: `<a href="https://elsewhere.example/">link</a>`,
  style: `<style>* { display: none }</style>style`,
  override: `override \u202Egnp.exe\u202D \u2066\u2067\u2068 never closed`,
  arabic: 'مرحبا، طلبك A-13655 في الطريق',
  hebrew: 'שלום, ההזמנה 12 בדרך!',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈👍🏽 emoji',
  zalgo: ZALGO,
  long: `long ${'x'.repeat(1_000_000)}`,
  lines: `lines${'\n'.repeat(500)}end`,
  controls: 'controls \u0000\u0007\u001B[31m\u2028\u2029\uFEFF',
}
const rows = Object.values(TEXTS).map((message, index) =>
  plainWacrRow(index + 1, { message, createdAt: Date.now() - (index + 1) * 3_600_000, direction: 'inbound' }),
)
let launched: LaunchedBrowser
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  ;[launched, waybill] = await Promise.all([launchBrowser(), startWaybill({ wacr: rows })])
  browser = launched.browser
  await untilArchived(waybill.url, { octo: 0, shop: rows.length })
})

afterAll(async () => {
  await Promise.all([launched.close(), waybill[Symbol.asyncDispose]()])
})

/** The heights of all rows in the document, and how far anything reaches out of the page. */
function measures(page: Page): Promise<{ heights: number[]; overflow: number }> {
  return page.evaluate(() => ({
    heights: [
      ...new Set(
        [...document.querySelectorAll('.rows li')].map((row) => Math.round(row.getBoundingClientRect().height)),
      ),
    ],
    overflow: document.documentElement.scrollWidth - innerWidth,
  }))
}

describe('hostile texts', () => {
  it('are text and nothing else, and leave every row its height, on a desk and on a phone', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    await expectRow(page, /script/)
    await expectRow(page, /emoji/)
    const onDesk = await measures(page)
    expect(onDesk.heights).toHaveLength(1)
    expect(onDesk.overflow).toBe(0)
    await page.setViewportSize(PHONE)
    await expect.poll(async () => (await measures(page)).heights).toEqual([64])
    expect((await measures(page)).overflow).toBe(0)
    expect(await page.title()).toBe('Waybill')
    expect(await page.locator('#page img, #page script, #page style, #page [href*="elsewhere"]').count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('keep their direction to themselves: what follows in the row is where it belongs', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /gnp/)
    const places = await page.locator('.rows a', { hasText: /gnp|مرحبا/ }).evaluateAll((links) =>
      links.map((link) => {
        const left = (part: string): number => link.querySelector(part)?.getBoundingClientRect().left ?? -1
        return left('.time') < left('.contact') && left('.contact') < left('.text') && left('.text') < left('.source')
      }),
    )
    expect(places).toEqual([true, true])
    const direction = await page
      .locator('.body', { hasText: 'مرحبا' })
      .evaluate((body) => getComputedStyle(body).direction)
    expect(direction).toBe('rtl')
  })

  it('can be opened: a text of a megabyte is cut until all of it is wanted', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    await expectRow(page, /long/)
    await page.locator('a.message', { hasText: 'long x' }).click()
    await page.getByText('The first 4,000 of 1,000,005 characters are shown.').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Show all' }).first().click()
    await expect.poll(() => page.locator('.long-text').first().evaluate((text) => text.textContent.length)).toBe(1_000_005)
    expect((await measures(page)).overflow).toBe(0)
    await page.locator('a.message', { hasText: 'algo' }).click()
    await page.locator('.long-text', { hasText: 'algo' }).first().waitFor()
    expect(troubles).toEqual([])
  })

  it('in the address are text, too', async () => {
    const script = encodeURIComponent(TEXTS.image)
    const { page, troubles } = await visit(browser, `${waybill.url}/?q=${script}&source=${script}&message=${script}`)
    await page.getByText('<img src="x"').first().waitFor()
    expect(await page.title()).toBe('Waybill')
    expect(await page.locator('#page img').count()).toBe(0)
    expect(troubles).toEqual([])
  })
})
