import { generateOctopodsRows, generateWacrRows, plainWacrRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type LaunchedBrowser } from '../../../../test/support/browser.js'
import { violationsOf } from './support/accessibility.js'
import { expectRow, PHONE, rowsOf, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill, untilArchived } from './support/waybill.js'

const DAY_MS = 86_400_000
const endAt = Date.now() - 60_000
let launched: LaunchedBrowser
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const octopods = generateOctopodsRows({ count: 300, seed: 1, endAt, spanMs: 20 * DAY_MS })
  const wacr = generateWacrRows({ count: 600, seed: 2, endAt, spanMs: 60 * DAY_MS })
  ;[launched, waybill] = await Promise.all([launchBrowser(), startWaybill({ octopods, wacr })])
  browser = launched.browser
  await untilArchived(waybill.url, { octo: 100, shop: 600 })
})

afterAll(async () => {
  await Promise.all([launched.close(), waybill[Symbol.asyncDispose]()])
})

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.innerText : '',
  )
}

/** The places and addresses of the messages in sight; scrolls on once all of them are there. */
function readRowsAndScroll(page: Page): Promise<{ rows: [index: number, href: string][]; isAtEnd: boolean }> {
  return page.locator('.rows').evaluate(async (list) => {
    const frame = (): Promise<number> => new Promise(requestAnimationFrame)
    await frame()
    await frame()
    const items = [...list.querySelectorAll('li')]
    const isLoading = items.some((item) => item.innerText.includes('Loading'))
    const isAtEnd = !isLoading && list.scrollTop + list.clientHeight > list.scrollHeight - 2
    if (!isLoading) list.scrollBy(0, 600)
    const rows = items.flatMap((item): [number, string][] => {
      const href = item.querySelector('a')?.getAttribute('href')
      return href === null || href === undefined ? [] : [[Number(item.dataset['index']), href]]
    })
    return { rows, isAtEnd }
  })
}

describe('the page', () => {
  it('lists all sources, loads from this server only, and has no fault that axe finds', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    await expectRow(page, /Octopods/)
    await expectRow(page, /Shop/)
    expect(await violationsOf(page)).toEqual([])
    await page.locator('a.message').first().click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(PHONE)
    expect(await violationsOf(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('has its state in the address: chips, search and an open message go back and forth', async () => {
    const { page } = await visit(browser, waybill.url)
    await page.getByRole('button', { name: 'Failed', exact: true }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?status=failed`)
    await expectRow(page, /Failed/)
    expect((await rowsOf(page)).join()).not.toMatch(/Delivered/)
    await page.locator('a.message').first().click()
    await expect.poll(() => page.url()).toMatch(/\?status=failed&message=\w+$/)
    await page.goBack()
    await page.goBack()
    await expectRow(page, /Read|Delivered/)
    expect(page.url()).toBe(`${waybill.url}/`)
  })

  it('finds what was sent to a number, in two actions, and says what it cannot know', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /\+49/)
    const number = /\+49\d+/.exec((await rowsOf(page)).join())?.[0] ?? ''
    const spelled = `0049 (${number.slice(3, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`
    await page.getByRole('searchbox').fill(spelled)
    await page.keyboard.press('Enter')
    await page.getByText(`Contact: ${spelled}`).waitFor()
    await expectRow(page, new RegExp(`^((?!\\+49).)*\\+49`, 's'))
    const messages = (await rowsOf(page)).filter((row) => /\d\d:\d\d:\d\d/.test(row) && /[↑↓]/.test(row))
    expect(messages.filter((row) => !row.includes(`+${number.slice(1)}`))).toEqual([])
    // Octopods lists its newest hundred messages only: the row says where that ends.
    await expectRow(page, /Octopods: nothing older than/)
  })

  it('is worked by the keyboard alone, and shows where the focus is', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /Shop/)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the messages')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const [first, second] = (await rowsOf(page)).filter((row) => /[↑↓]/.test(row))
    await expect.poll(async () => (await focused(page)).replaceAll(/\s+/g, ' ')).toBe(first)
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await focused(page)).replaceAll(/\s+/g, ' ')).toBe(second)
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    )
    expect(outline).toBe('solid')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focused(page)).replaceAll(/\s+/g, ' ')).toBe(second)
  })

  it('scrolls to the end of the list without repeats', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await expectRow(page, /Shop/)
    const seen = new Map<number, string>()
    await expect
      .poll(
        async () => {
          const { rows, isAtEnd } = await readRowsAndScroll(page)
          for (const [index, href] of rows) seen.set(index, href)
          return isAtEnd && page.locator('.foot').allInnerTexts()
        },
        { timeout: 60_000, interval: 1 },
      )
      .toEqual(['End of the list. Everything that matches is above.'])
    expect(new Set(seen.values()).size).toBe(600)
    expect(seen.size).toBe(600)
  })

  it('announces what is new, and shows it when that is wanted', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /Shop/)
    await page.getByText('Live', { exact: true }).waitFor()
    const before = await rowsOf(page)
    waybill.wacr.table.insert(
      plainWacrRow(900_001, { createdAt: Date.now(), message: 'Fresh from the shop' }),
    )
    const button = page.getByRole('button', { name: 'Show 1 new message' })
    await button.waitFor()
    expect((await rowsOf(page)).slice(0, 5)).toEqual(before.slice(0, 5))
    await button.click()
    await expectRow(page, /Fresh from the shop/)
  })

  it('speaks German to a German browser', async () => {
    const { page } = await visit(browser, `${waybill.url}/?status=failed`, { locale: 'de-DE' })
    await expectRow(page, /Fehlgeschlagen/)
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
  })
})
