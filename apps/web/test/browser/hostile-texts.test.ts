import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { HOSTILE_CONVERSATION, HOSTILE_TEXTS, hostileRows } from './support/hostile-texts.js'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectRow, expectText, PHONE, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const wacr = hostileRows()
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ wacr })])
  await untilArchived(waybill.url, { octo: 0, shop: wacr.length })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

/** The heights of all messages in the document, and how far anything reaches out of the page. */
function measures(page: Page): Promise<{ heights: number[]; overflow: number }> {
  return page.evaluate(() => ({
    heights: [
      ...new Set(
        [...document.querySelectorAll('.rows li:has(.message)')].map((row) =>
          Math.round(row.getBoundingClientRect().height),
        ),
      ),
    ],
    overflow: document.documentElement.scrollWidth - innerWidth,
  }))
}

describe('hostile texts', () => {
  it('are text and nothing else, and leave every row its height, on a desk and on a phone', async () => {
    const { page, troubles } = await visit(
      browser,
      `${waybill.url}/?q=${HOSTILE_CONVERSATION}&as=conversation`,
    )
    await expectRow(page, /script/)
    await expectRow(page, /emoji/)
    const onDesk = await measures(page)
    expect(onDesk.heights).toHaveLength(1)
    expect(onDesk.overflow).toBe(0)
    await page.setViewportSize(PHONE)
    await expect.poll(async () => (await measures(page)).heights).toEqual([64])
    expect((await measures(page)).overflow).toBe(0)
    // What a desk of 1440 by 900 has at a zoom of 200 %.
    await page.setViewportSize({ width: 720, height: 450 })
    expect((await measures(page)).overflow).toBe(0)
    expect(await page.title()).toBe('Waybill')
    expect(
      await page.locator('#page img, #page script, #page style, #page [href*="elsewhere"]').count(),
    ).toBe(0)
    expect(troubles).toEqual([])
  })

  it('keep their direction to themselves: what follows in the row is where it belongs', async () => {
    const { page } = await visit(browser, `${waybill.url}/?q=${HOSTILE_CONVERSATION}&as=conversation`)
    await expectRow(page, /gnp/)
    const places = await page.locator('.rows a', { hasText: /gnp|مرحبا/ }).evaluateAll((links) =>
      links.map((link) => {
        const left = (part: string): number => link.querySelector(part)?.getBoundingClientRect().left ?? -1
        return (
          left('.time') < left('.contact') &&
          left('.contact') < left('.text') &&
          left('.text') < left('.source')
        )
      }),
    )
    expect(places).toEqual([true, true])
    const direction = await page
      .locator('.body', { hasText: 'مرحبا' })
      .evaluate((body) => getComputedStyle(body).direction)
    expect(direction).toBe('rtl')
  })

  it('can be opened: a text of a megabyte is cut until all of it is wanted', async () => {
    const { page, troubles } = await visit(
      browser,
      `${waybill.url}/?q=${HOSTILE_CONVERSATION}&as=conversation`,
    )
    await expectRow(page, /long/)
    await page.locator('a.message', { hasText: 'long x' }).click()
    await expectText(page, 'The first 4,000 of 1,000,005 characters are shown.')
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Show all' }).first().click()
    await expect
      .poll(() =>
        page
          .locator('.long-text')
          .first()
          .evaluate((text) => text.textContent.length),
      )
      .toBe(1_000_005)
    expect((await measures(page)).overflow).toBe(0)
    await page.locator('a.message', { hasText: 'algo' }).click()
    await page.locator('.long-text', { hasText: 'algo' }).first().waitFor()
    expect(troubles).toEqual([])
  })

  it('in the address are text, too', async () => {
    const script = encodeURIComponent(HOSTILE_TEXTS.image)
    const { page, troubles } = await visit(
      browser,
      `${waybill.url}/?q=${script}&source=${script}&message=${script}`,
    )
    await expectText(page, '<img src="x"')
    expect(await page.title()).toBe('Waybill')
    expect(await page.locator('#page img').count()).toBe(0)
    expect(troubles).toEqual([])
  })
})
