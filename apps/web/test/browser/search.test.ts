import { plainWacrRow } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectRow, expectText, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const HTML = '<p>Your code is <b>999820</b>, 35&nbsp;% off &amp; more</p>'
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const createdAt = Date.now() - 60_000
  const wacr = [plainWacrRow(1, { createdAt, status: 'failed', message: HTML })]
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ wacr })])
  await untilArchived(waybill.url, { octo: 0, shop: 1 })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

describe('the search', () => {
  it('takes a day that is typed when its field is left, and never another one on the way', async () => {
    const { page } = await visit(browser, `${waybill.url}/?status=failed`)
    await page.getByRole('button', { name: 'Range…' }).click()
    const first = page.url()
    await page.getByLabel('From', { exact: true }).focus()
    await page.keyboard.type('10012026')
    expect(page.url()).toBe(first)
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('2026-10-01')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toMatch(/time=2026-10-01\.\.\d{4}-\d\d-\d\d$/)
    await page.getByLabel('To', { exact: true }).focus()
    await page.keyboard.type('11012026')
    // The field has a button, too.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?status=failed&time=2026-10-01..2026-11-01`)
    expect(await page.getByRole('button', { name: 'Range…' }).getAttribute('aria-pressed')).toBe('true')
  })

  it('says that a day is not whole or long before all messages, and goes on with the one before', async () => {
    const { page } = await visit(browser, `${waybill.url}/?time=2026-11-01..2026-11-02`)
    await page.getByLabel('From', { exact: true }).focus()
    await page.keyboard.type('10010026')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expectText(page, 'not a whole date since 2000: not used')
    expect(page.url()).toBe(`${waybill.url}/?time=2026-11-01..2026-11-02`)
  })

  it.each([
    ['2026-11-29..2026-10-31', 'From is after To.'],
    ['0002-10-01..', 'The time in the address cannot be read: “0002-10-01..”'],
  ])('lists and counts nothing for an invalid time, and says why: %s', async (time, fault) => {
    const { page } = await visit(browser, `${waybill.url}/?status=failed&time=${time}`)
    await expectText(page, fault)
    expect(await page.locator('.rows, .figure, .completeness').count()).toBe(0)
    await page.getByRole('button', { name: 'All time' }).click()
    await expectRow(page, /Failed/)
  })

  it.each([
    ['status=read,faild', 'The address has a value that does not exist: “faild” (Status).', '?status=read'],
    ['direction=%E2%80%AEup', 'The address has a value that does not exist: “up” (Direction).', ''],
    ['type=__proto__', 'The address has a value that does not exist: “__proto__” (Type).', ''],
    ['source=shop,bank', 'No source of this id exists, or you may not see it: “bank”.', '?source=shop'],
    ['time=soon&q=x', 'The time in the address cannot be read: “soon”.', '?q=x'],
  ])('never takes an unknown value for everything or for nothing: %s', async (query, fault, rest) => {
    const { page, troubles } = await visit(browser, `${waybill.url}/?${query}`)
    await expectText(page, fault)
    await expect.poll(() => page.locator('.rows, .figure, .completeness').count()).toBe(0)
    await page.getByRole('button', { name: 'Show the list without it' }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/${rest}`)
    await page.locator('a.message, .empty').first().waitFor()
    expect(troubles).toEqual([])
  })

  it('opens nothing for an id that is none, and says so', async () => {
    const { page } = await visit(browser, `${waybill.url}/?message=%00nothing`)
    await expectText(page, 'This message does not exist, or you may not see it.')
    await expectRow(page, /Failed/)
  })

  it('says once what a source does not list', async () => {
    const { page } = await visit(browser, `${waybill.url}/?q=%2B4930231253912`)
    await expectText(page, 'Shop: the source does not list every field of the search')
    await page.locator('.figure .count').first().waitFor()
    expect(await page.getByText('does not list every field').count()).toBe(1)
  })

  it('asks for the country code where a number without one is not found', async () => {
    const { page } = await visit(browser, `${waybill.url}/?q=23125391&as=text`)
    await expectText(page, 'With the country code? +49…')
  })

  it('says once that a search cannot be read, and folds the words of the server away', async () => {
    const { page } = await visit(browser, `${waybill.url}/?q=03023125391`)
    await expectText(page, 'The search cannot be read.')
    await expect.poll(() => page.locator('.counts').getAttribute('aria-busy')).toBe('false')
    expect(await page.getByRole('alert').count()).toBe(1)
    expect(await page.getByText('filter.contact').isVisible()).toBe(false)
  })

  it('shows a text of HTML in words, in the list and in the message, and the original below', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    await expectRow(page, /Your code is 999820, 35 % off & more/)
    await page.locator('a.message').click()
    await page
      .locator('.long-text', { hasText: 'Your code is 999820, 35\u00A0% off & more' })
      .first()
      .waitFor()
    await page.getByText('As the source sent it').click()
    await page.locator('.long-text', { hasText: HTML }).first().waitFor()
    expect(troubles).toEqual([])
  })
})
