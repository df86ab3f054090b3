import { plainWacrRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectRow, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const DAY_MS = 86_400_000
const STATUSES = ['sent', 'read', 'failed'] as const
const createdAt = (id: number): number => Date.now() - id * DAY_MS
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const wacr = [1, 2, 3, 4, 5, 6].map((id) =>
    plainWacrRow(id, { createdAt: createdAt(id), status: STATUSES[id % 3] ?? null, message: `Text ${id}` }),
  )
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ wacr })])
  await untilArchived(waybill.url, { octo: 0, shop: 6 })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

/** What has the focus: its id, its name, or the kind of its element. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: one } = document
    if (!(one instanceof HTMLElement)) return ''
    return one.id || one.ariaLabel || (one instanceof HTMLButtonElement ? one.innerText : one.tagName)
  })
}

describe('the focus', () => {
  it('goes from a bar to the list of its day, and the arrow keys go on there', async () => {
    const { page } = await visit(browser, waybill.url)
    await page.locator('.bar').last().focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => focused(page)).toMatch(/^\d+ \w+ \d{4}: 1 message, \d failed$/)
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('messages')
    await expect.poll(() => page.locator('a.message').count()).toBe(1)
    await expectRow(page, /Text 1/)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused(page)).toBe('A')
  })

  it('stays on a count that is chosen, while and after the messages are counted again', async () => {
    const { page } = await visit(browser, waybill.url)
    const failed = page.locator('.figure.failed')
    await failed.locator('.count').waitFor()
    await failed.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.figure.total .count').allInnerTexts()).toEqual(['2'])
    expect(await failed.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it.each([
    ['Clear all', '?status=failed', 'Filters'],
    ['Clear the search', '?q=Text', 'search'],
    ['Show all messages', '?q=nowhere', 'messages'],
    ['Show the list without it', '?status=faild', 'DIV'],
  ])('is near a button that vanishes when it is pressed: %s', async (name, address, place) => {
    const { page } = await visit(browser, `${waybill.url}/${address}`)
    const button = page.getByRole('button', { name })
    await button.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toBe(`${waybill.url}/`)
    await expectRow(page, /Text 6/)
    await expect.poll(() => button.count()).toBe(0)
    await expect.poll(() => focused(page)).toMatch(new RegExp(place, 'i'))
  })

  it('goes to the findings once a log has been compared', async () => {
    const { page } = await visit(browser, `${waybill.url}/?panel=reconcile`)
    const log = `id,status\n1,read\n3,sent\n`
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(log) })
    await page.getByRole('button', { name: 'Compare with the history' }).focus()
    await page.keyboard.press('Enter')
    const heading = page.getByRole('heading', { name: /^2 entries of the log/ })
    await expect.poll(() => heading.evaluate((one) => one === document.activeElement)).toBe(true)
  })
})
