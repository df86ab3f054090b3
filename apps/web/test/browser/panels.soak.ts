import { createHash } from 'node:crypto'
import { text as textOf } from 'node:stream/consumers'
import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { untilArchived } from './support/until-archived.js'
import {
  connectBrowser,
  expectText,
  PHONE,
  type Visit,
  visitWithToken,
  withoutRefusals,
} from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const HOUR_MS = 3_600_000
const WHOLE = 'whole-s3cret-token'
const NUMBERS = 'numbers-s3cret-token'
const STATUSES = ['sent', 'delivered', 'read', 'failed'] as const
const begin = Date.now()
let browser: Browser
let waybill: RunningWaybill

/** When a message of Octopods was sent, in milliseconds before the beginning. */
function octopodsTime(id: number): number {
  // The messages after the twentieth are more than the window holds: the next poll misses some of them.
  return begin - (id <= 20 ? (30 - id) * HOUR_MS : (151 - id) * 60_000)
}

function octopodsRow(id: number): ReturnType<typeof plainOctopodsRow> {
  return plainOctopodsRow(id, { createdAt: octopodsTime(id), content: `Code ${id}`, status: 'DELIVERED' })
}

beforeAll(async () => {
  const sha256 = createHash('sha256').update(NUMBERS).digest('hex')
  const tokens = [{ name: 'numbers', sha256, scopes: ['messages:read'] }]
  const wacr = Array.from({ length: 40 }, (_, index) =>
    plainWacrRow(index + 1, {
      createdAt: begin - (40 - index) * 5 * HOUR_MS,
      status: STATUSES[index % 4] ?? null,
    }),
  )
  const octopods = Array.from({ length: 20 }, (_, index) => octopodsRow(index + 1))
  ;[browser, waybill] = await Promise.all([
    connectBrowser(),
    startWaybill({ octopods, wacr, server: { auth: { bearerTokens: [WHOLE], tokens } } }),
  ])
  await untilArchived(waybill.url, { octo: 20, shop: 40 }, WHOLE)
  for (let id = 21; id <= 150; id += 1) waybill.octopods.table.insert(octopodsRow(id))
  await untilArchived(waybill.url, { octo: 120, shop: 40 }, WHOLE)
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

function visitAs(token: string, address: string, options: BrowserContextOptions = {}): Promise<Visit> {
  return visitWithToken(browser, `${waybill.url}/${address}`, token, options)
}

async function figuresOf(page: Page): Promise<string[]> {
  const texts = await page.locator('.figure').allInnerTexts()
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim())
}

/** A log of three messages that were sent, one of them with another status, and of one that is in the gap. */
function logOfOctopods(): string {
  const entry = (id: number, status: string, text = `Code ${id}`): string =>
    `"${id}";"${new Date(octopodsTime(id)).toISOString()}";"0014155552671";"${text}";"${status}"`
  const lines = [
    entry(10, 'delivered'),
    entry(30, 'delivered', '<b>lost</b>'),
    entry(140, 'read'),
    entry(150, 'delivered'),
  ]
  return `"Nr";"When";"Rcpt";"Body";"State"\n${lines.join('\n')}\n`
}

async function chooseLog(page: Page): Promise<void> {
  const file = { name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(logOfOctopods()) }
  await page.getByLabel('Choose a log:').setInputFiles(file)
}

async function chooseFields(page: Page): Promise<void> {
  await page.getByLabel('Field of the column Rcpt').selectOption('recipient')
  const whenField = page.getByLabel('Field of the column When')
  await whenField.selectOption('time (or day)')
  const taken = whenField.locator('option[value="to"]')
  expect([await taken.textContent(), await taken.isDisabled()]).toEqual(['recipient: Rcpt', true])
}

async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), text: await textOf(await download.createReadStream()) }
}

describe('counts', () => {
  it('add up, say what may be missing, and filter the list', async () => {
    const { page, troubles } = await visitAs(WHOLE, '')
    await expect
      .poll(() => figuresOf(page))
      .toEqual(['≥160 Messages', '≥10 Pending', '≥130 Delivered', '≥10 Read', '≥10 Failed'])
    await expectText(page, 'Octopods: 1 gap in this list')
    await page
      .getByRole('button', { name: /Failed$/ })
      .last()
      .click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?status=failed`)
    await expect.poll(() => figuresOf(page)).toContain('≥10 Messages')
    expect(withoutRefusals(troubles)).toEqual([])
  })

  it('have a bar for each day, which the arrow keys reach and Enter chooses', async () => {
    const { page } = await visitAs(WHOLE, '?source=shop')
    const bars = page.getByRole('group', { name: 'Messages per day' })
    const last = bars.getByRole('link').last()
    await last.focus()
    await page.keyboard.press('ArrowLeft')
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(label).toMatch(/^\d+ \w+ \d{4}: \d+ messages, \d+ failed$/)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toMatch(/\?source=shop&time=(\d{4}-\d\d-\d\d)\.\.\1$/)
    const counted = Number(/: (\d+) messages/.exec(label ?? '')?.[1])
    await expect.poll(() => figuresOf(page)).toContain(`${counted} Messages`)
    await expectText(page, 'Complete: nothing that matches is missing.')
  })

  it('follow what arrives', async () => {
    const { page } = await visitAs(WHOLE, '?source=shop&status=read')
    await expect.poll(() => figuresOf(page)).toContain('10 Messages')
    await page.getByText('Live', { exact: true }).waitFor()
    waybill.wacr.table.insert(plainWacrRow(41, { createdAt: Date.now(), status: 'read' }))
    await expect.poll(() => figuresOf(page)).toContain('11 Messages')
  })
})

describe('sources', () => {
  it('show each history, and lead from a gap to its place in the list', async () => {
    const { page, troubles } = await visitAs(WHOLE, '?panel=sources')
    await page.getByRole('heading', { name: 'Octopods' }).waitFor()
    await page.getByRole('img', { name: /^History: \d covered spans?, 1 gap$/ }).waitFor()
    await expectText(page, 'From the first message that the source lists.')
    await page.getByText('What it can do').first().click()
    await expectText(page, 'Filters by')
    expect(await violationsOf(page)).toEqual([])
    await page.locator('.source-view', { hasText: 'Octopods' }).locator('dd a').click()
    await expectText(page, 'Octopods: 1 gap in this list')
    expect(new URL(page.url()).searchParams.get('source')).toBe('octo')
    expect(withoutRefusals(troubles)).toEqual([])
  })

  it('say in words why one could not be read', async () => {
    const { page } = await visitAs(WHOLE, '?panel=sources', {
      locale: 'de-DE',
      viewport: PHONE,
      colorScheme: 'dark',
    })
    waybill.wacr.faults.when(() => true, { kind: 'status', status: 401 })
    await expectText(page, 'Die Quelle lehnt ihren Schlüssel ab.')
    await page.getByText('In den Worten des Servers (englisch)').click()
    await expectText(page, 'refused the credentials')
    waybill.wacr.faults.clear()
    expect(await violationsOf(page)).toEqual([])
  })
})

describe('a download', () => {
  it('is what the list shows, with the token in no address', async () => {
    const { page, troubles } = await visitAs(WHOLE, '?status=failed&panel=download')
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await expectText(page, 'This downloads what the list shows: at least 10 messages.')
    expect(await violationsOf(page)).toEqual([])
    const button = page.getByRole('button', { name: 'Download CSV' })
    const { name, text } = await downloaded(page, () => button.click())
    expect(name).toMatch(/^messages_failed_saved-\d{4}-\d\d-\d\d-\d{4}\.csv$/)
    const path = '/messages.csv?filter[status][in]=failed'
    const direct = await fetch(`${waybill.url}${path}`, { headers: { authorization: `Bearer ${WHOLE}` } })
    expect(text).toBe(await direct.text())
    await expectText(page, 'Octopods: has gaps.')
    expect(addresses.join('\n')).not.toContain('s3cret')
    expect(withoutRefusals(troubles)).toEqual([])
  })

  it('can have each of the formats', async () => {
    const { page } = await visitAs(WHOLE, '?source=shop&panel=download')
    for (const format of ['XLSX', 'NDJSON', 'PARQUET']) {
      await page.getByLabel(new RegExp(format, 'i')).check()
      const button = page.getByRole('button', { name: `Download ${format}` })
      const { name, text } = await downloaded(page, () => button.click())
      expect(name).toMatch(new RegExp(`^messages_shop_saved-[\\d-]+\\.${format.toLowerCase()}$`))
      expect(text.length).toBeGreaterThan(1000)
    }
  })

  it('that breaks off saves nothing, and says so', async () => {
    const { page } = await visitAs(WHOLE, '?panel=download')
    await page.route('**/messages.csv', (route) => route.abort('connectionreset'))
    await page.getByRole('button', { name: 'Download CSV' }).click()
    await expectText(page, 'The download broke off, and nothing was saved.')
  })
})

describe('a reconciliation', () => {
  it('shows how a log is read, what was found, and each entry beside its candidates', async () => {
    const { page, troubles } = await visitAs(WHOLE, '?panel=reconcile')
    await chooseLog(page)
    await expectText(page, 'Entries cannot be matched yet.')
    const start = page.getByRole('button', { name: 'Compare with the history' })
    expect(await start.isEnabled()).toBe(false)
    await chooseFields(page)
    expect(await violationsOf(page)).toEqual([])
    await start.click()
    const verdict = (title: string) => page.locator('details.verdict', { hasText: title })
    await verdict('Matched').waitFor()
    const heading = page.getByRole('heading', {
      name: /^4 entries of the log, and \d+ messages without an entry$/,
    })
    await expect.poll(() => heading.evaluate((one) => one === document.activeElement)).toBe(true)
    await expectText(page, 'Compared with the history: ')
    expect(await page.locator('details.verdict').last().innerText()).toContain('Missing in the log')
    await verdict('Missing in the log').locator('summary').first().click()
    const unclaimed = verdict('Missing in the log').locator('li', { hasText: 'Octopods, id' }).first()
    await expect
      .poll(() => unclaimed.innerText())
      .toMatch(/, id \d+ .*· \+?\d{8,} · \d+ \w+ \d{4}, \d\d:\d\d:\d\d · \S/)
    await verdict('Missing in the log').locator('summary').first().click()
    expect(await verdict('Matched').innerText()).toMatch(/^2/)
    expect(await verdict('Status differs').innerText()).toMatch(/^1/)
    await verdict('Cannot tell').locator('summary').first().click()
    await verdict('Cannot tell').getByText('Entry 2 · Octopods: the history has a gap there').click()
    await expectText(page, '<b>lost</b>')
    await verdict('Status differs').locator('summary').first().click()
    await verdict('Status differs').getByText('Entry 3').click()
    const candidate = verdict('Status differs').getByRole('link')
    await candidate.waitFor()
    expect(await candidate.innerText()).toContain('Code 140')
    expect(await violationsOf(page)).toEqual([])
    const csv = page.getByRole('button', { name: 'Download CSV' })
    const { name, text } = await downloaded(page, () => csv.click())
    expect(name).toBe('log-findings.csv')
    expect(text).toMatch(/\r\n3,STATUS_DIFFERS,.*,Code 140,DELIVERED,/)
    await candidate.click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    expect(withoutRefusals(troubles)).toEqual([])
  })

  it('by numbers needs a token for contents, and by ids does not', async () => {
    const { page } = await visitAs(NUMBERS, '?panel=reconcile')
    await chooseLog(page)
    await chooseFields(page)
    await page.getByRole('button', { name: 'Compare with the history' }).click()
    await expectText(page, 'Your token may compare by “id at the source” alone.')
    await page.getByLabel('Another log:').setInputFiles({
      name: 'ids.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id,source\n140,octo\n'),
    })
    await expectText(page, 'ids.csv')
    await page.getByRole('button', { name: 'Compare with the history' }).click()
    await page.locator('details.verdict', { hasText: 'Matched' }).waitFor()
  })
})

it('a panel that cannot be loaded says so, and how to go on', async () => {
  const { page } = await visitAs(WHOLE, '')
  await page.getByRole('link', { name: 'Sources' }).waitFor()
  await page.route('**/page/*', (route) => route.abort('connectionrefused'))
  await page.getByRole('link', { name: 'Sources' }).click()
  await expectText(page, 'A part of the page could not be loaded.')
  await page.unroute('**/page/*')
  await page.getByRole('button', { name: 'Load the page again' }).click()
  await page.getByRole('heading', { name: 'Octopods' }).waitFor()
})

/** Moves on by Tab to what has that name, and makes sure that one sees where the focus is. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const nameOf = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: one } = document
      if (!(one instanceof HTMLElement)) return ''
      const label = one instanceof HTMLInputElement ? (one.labels?.[0]?.innerText ?? '') : ''
      return one.getAttribute('aria-label') ?? (label || one.innerText)
    })
  // Focus that a script has set is not shown: at least one press of the key leads there.
  for (let presses = 0; presses < 120 && (presses === 0 || !name.test(await nameOf())); presses += 1)
    await page.keyboard.press('Tab')
  expect(await nameOf()).toMatch(name)
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement ?? document.body)
    return `${style.outlineStyle} ${Number.parseFloat(style.outlineWidth) >= 1}`
  })
  expect(outline).toMatch(/^(?:solid|auto) true$/)
}

describe('the keyboard alone', () => {
  it('opens each panel, works in it, and closes it', async () => {
    const { page } = await visitAs(WHOLE, '')
    await tabTo(page, /^Sources$/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Octopods' }).waitFor()
    await tabTo(page, /^7 days$/)
    await page.keyboard.press('Space')
    await tabTo(page, /^What it can do$/)
    await page.keyboard.press('Enter')
    await expectText(page, 'Filters by')
    await page.keyboard.press('Escape')
    await page.locator('a.message').first().waitFor()

    await tabTo(page, /^Download$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^CSV,/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, /^Download NDJSON$/)
    const { name } = await downloaded(page, () => page.keyboard.press('Enter'))
    expect(name).toMatch(/^messages_saved-[\d-]+\.ndjson$/)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url()).toBe(`${waybill.url}/`)
  })

  it('reconciles a log, and opens an entry beside its candidate', async () => {
    const { page } = await visitAs(WHOLE, '?panel=reconcile')
    await page.locator('input[type=file]').waitFor({ state: 'attached' })
    // The panel takes the focus when it has opened.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
    await tabTo(page, /^Choose a log:/)
    // The browser's own dialog follows on Enter; it is not the page's.
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(logOfOctopods()) })
    await tabTo(page, /^Field of the column When$/)
    await page.keyboard.type('time')
    await tabTo(page, /^Field of the column Rcpt$/)
    await page.keyboard.type('recipient')
    await tabTo(page, /^Compare with the history$/)
    await page.keyboard.press('Enter')
    await page.locator('details.verdict').first().waitFor()
    await tabTo(page, /Status differs/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Entry 3/)
    await page.keyboard.press('Enter')
    await page.locator('details.verdict').getByRole('link', { name: 'Code 140' }).waitFor()
    await tabTo(page, /Code 140/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => new URL(page.url()).searchParams.get('message')).toBeNull()
  })
})

describe.each(['sources', 'download', 'reconcile'])('the panel %s', (panel) => {
  it.each([
    ['on a desk', { width: 1440, height: 900 }, 'light'],
    ['on a desk, dark', { width: 1440, height: 900 }, 'dark'],
    ['on a phone', PHONE, 'light'],
    ['on a phone, dark', PHONE, 'dark'],
    // What a desk of 1440 by 900 has at a zoom of 200 %.
    ['at a zoom of 200 %', { width: 720, height: 450 }, 'light'],
  ] as const)('fits, and has no fault that axe finds: %s', async (_, viewport, colorScheme) => {
    const { page } = await visitAs(WHOLE, `?panel=${panel}`, { viewport, colorScheme })
    await page.locator('.panel h2').waitFor()
    if (panel === 'reconcile') {
      await chooseLog(page)
      await chooseFields(page)
      await page.getByRole('button', { name: 'Compare with the history' }).click()
      const verdict = page.locator('details.verdict', { hasText: 'Status differs' })
      await verdict.locator('summary').first().click()
      await verdict.getByText('Entry 3').click()
      await verdict.getByRole('link').waitFor()
    }
    if (panel === 'sources') await page.locator('.source-view summary').first().click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    const body = page.locator('.panel-body')
    expect(await body.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
    expect(await violationsOf(page)).toEqual([])
  })
})
