import { plainWacrRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectRow, expectText, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const DAY_MS = 86_400_000
/** A desk of 1440 by 900 at a zoom of 200 %. */
const SMALL = { width: 720, height: 450 }
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

  it('stays where it is for the keys of the browser, which pass', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /Text 1/)
    const isTaken = (part: string, key: string, modifier: string): Promise<boolean> =>
      page
        .locator(part)
        .last()
        .evaluate(
          (one, [name, held]) => {
            const init = { key: name, [held]: true, bubbles: true, cancelable: true }
            return !one.dispatchEvent(new KeyboardEvent('keydown', init))
          },
          [key, modifier] as const,
        )
    const keys = ['ArrowLeft', 'ArrowDown', 'j', 'k', 'Home', 'End', 'PageDown']
    const pressed = ['.bar', 'a.message'].flatMap((part) =>
      ['repeat', 'altKey', 'ctrlKey', 'metaKey'].flatMap((modifier) =>
        keys.map((key) => ({ part, modifier, key })),
      ),
    )
    const taken: string[] = []
    for (const { part, modifier, key } of pressed)
      if (await isTaken(part, key, modifier)) taken.push(`${part} ${modifier} ${key}`)
    expect(taken).toEqual([
      '.bar repeat ArrowLeft',
      '.bar repeat Home',
      '.bar repeat End',
      ...keys.slice(1).map((key) => `a.message repeat ${key}`),
    ])
  })

  it('stays in a panel that covers the page, and goes back to the row behind it', async () => {
    const { page } = await visit(browser, waybill.url, { viewport: SMALL })
    await expectRow(page, /Text 1/)
    const row = page.locator('a.message').first()
    await row.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Details' }).waitFor()
    for (const key of ['Tab', 'Shift+Tab'])
      for (let presses = 0; presses < 30; presses += 1) {
        await page.keyboard.press(key)
        const place = await page.evaluate(
          () => document.activeElement?.closest('.panel, main, header')?.className,
        )
        expect(place ?? 'panel').toBe('panel')
      }
    await page.locator('.panel h2').focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true)
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

it('a panel that covers the page shows what concerns the whole page', async () => {
  const { page } = await visit(browser, `${waybill.url}/?panel=download`, { viewport: SMALL })
  await expectText(page, 'This downloads what the list shows: 6 messages.')
  await page.route(/messages\.csv|healthz/, (route) => route.abort('connectionrefused'))
  await page.getByRole('button', { name: 'Download CSV' }).click()
  await page.locator('.panel').getByText('The server does not answer. What you see is').waitFor()
  await page.unroute(/messages\.csv|healthz/)
  await expect.poll(() => page.getByText('The server does not answer.').count()).toBe(0)
})
