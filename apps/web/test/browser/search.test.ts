import { plainWacrRow } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectRow, expectText, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const DAY_MS = 86_400_000
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
    await expect.poll(() => page.url()).toContain('&time=')
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
    await expect
      .poll(() => page.getByRole('button', { name: 'Range…' }).getAttribute('aria-pressed'))
      .toBe('true')
  })

  it('says that a day is not whole or long before all messages, and goes on with the one before', async () => {
    const { page } = await visit(browser, `${waybill.url}/?time=2026-11-01..2026-11-02`)
    await page.getByLabel('From', { exact: true }).focus()
    await page.keyboard.type('10010026')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expectText(page, 'This is not a date from 2000 on, so it is not used.')
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
    ['status=read,faild', 'The address names an unknown status: “faild”.', '?status=read'],
    ['direction=%E2%80%AEup', 'The address names an unknown direction: “up”.', ''],
    ['type=__proto__', 'The address names an unknown type: “__proto__”.', ''],
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

  it('lists nothing for an unknown value until that choice is made, and not after another one', async () => {
    const { page } = await visit(browser, `${waybill.url}/?direction=foo`)
    await page.getByRole('button', { name: 'Failed', exact: true }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?status=failed&direction=foo`)
    await expectText(page, 'The address names an unknown direction: “foo”.')
    expect(await page.locator('.rows').count()).toBe(0)
    await page.getByRole('button', { name: 'Sent by us' }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?status=failed&direction=outbound`)
    await expectRow(page, /Failed/)
  })

  it('shows each of several types that the address names, and one can be chosen instead', async () => {
    const { page } = await visit(browser, `${waybill.url}/?type=image,text`)
    const types = page.getByLabel('Type')
    expect(await types.locator('option:checked').innerText()).toBe('Text, Image')
    await types.selectOption('Video')
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?type=video`)
    await expect.poll(() => types.locator('option').allInnerTexts()).not.toContain('Text, Image')
  })

  it('opens nothing for a malformed id, and says so', async () => {
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

describe('an empty list', () => {
  it.each([
    ['', 'No message matches so far: every source is complete up to now, and more may still arrive.'],
    ['&time=yesterday', 'No message matches, and every source is complete: no such message exists.'],
  ])('proves something only where its time is over: "%s"', async (time, text) => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop&status=read${time}`)
    await expectText(page, text)
  })
})

describe('a page that stays open', () => {
  it('lists the next day as today after midnight', async () => {
    const { page } = await visit(browser, waybill.url)
    await page.clock.install()
    const days = new Set<string>()
    page.on('request', (request) => {
      const day = /"operationName":"MessagesPage".*"gte":"([^"]+)"/.exec(request.postData() ?? '')?.[1]
      if (day !== undefined) days.add(day)
    })
    await page.goto(`${waybill.url}/?time=today`)
    await expect.poll(() => days.size).toBeGreaterThan(0)
    const before = days.size
    await page.clock.fastForward(DAY_MS)
    await expect.poll(() => days.size).toBeGreaterThan(before)
    expect([...days].at(-1)).toBe([...days].toSorted().at(-1))
  })

  it('counts again by itself for a download, once the server answers', async () => {
    const { page } = await visit(browser, `${waybill.url}/?panel=download`)
    await expectText(page, 'This downloads what the list shows: 1 message.')
    await page.route('**/graphql', (route, request) =>
      request.postData()?.includes('"Counts"') === true ? route.abort('connectionrefused') : route.continue(),
    )
    await page.getByRole('button', { name: 'Failed', exact: true }).click()
    const panel = page.locator('.panel')
    await panel.getByText('The server does not answer. The page tries again by itself.').waitFor()
    await page.unroute('**/graphql')
    await panel.getByText('This downloads what the list shows: 1 message.').waitFor()
    await expect.poll(() => panel.getByText('The server does not answer.').count()).toBe(0)
  })
})
