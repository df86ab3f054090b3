import { plainOctopodsRow } from '@waybill/emulators'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectText, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const QUARTER_MS = 900_000
const begin = Date.now() - 30 * QUARTER_MS
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const rows = Array.from({ length: 12 }, (_, index) =>
    plainOctopodsRow(index + 1, {
      createdAt: begin + index * QUARTER_MS,
      content: `Code ${index + 1}`,
      status: index === 5 ? 'FAILED' : 'DELIVERED',
      failure: index === 5 ? { code: 131026, title: 'Message undeliverable' } : null,
    }),
  )
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ octopods: rows })])
  await untilArchived(waybill.url, { octo: 12, shop: 0 })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

/** An entry about a message, in a log with the day and the time of day in two columns, in UTC. */
function entry(message: number, change: { to?: string; text?: string } = {}): string {
  const { to = '+14155552671', text = `Code ${message}` } = change
  const time = new Date(begin + (message - 1) * QUARTER_MS).toISOString()
  return `${time.slice(0, 10)};${time.slice(11, 19)};${to};${text};delivered`
}

const LOG = [
  'Date;Time;To;Text;Status',
  entry(1),
  entry(2, { to: '+14155552672' }),
  entry(3, { text: 'Code 33' }),
  entry(4),
  entry(4),
  entry(6),
].join('\n')

async function compare(page: Page): Promise<(title: string) => Locator> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(LOG) })
  await page.getByRole('button', { name: 'Compare with the history' }).click()
  const verdict = (title: string): Locator => page.locator('details.verdict', { hasText: title })
  await verdict('Matched').waitFor()
  return verdict
}

it('an entry shows the message that resembles it, and the message leads back to the entry', async () => {
  const { page, troubles } = await visit(browser, `${waybill.url}/?panel=reconcile`, { timezoneId: 'UTC' })
  const verdict = await compare(page)
  await page
    .getByRole('heading', { name: /^6 entries of the log, and 3 messages without an entry$/ })
    .waitFor()
  await verdict('Missing in the history').locator('summary').first().click()
  await verdict('Missing in the history').getByText('Entry 2 · resembles a message').click()
  const similar = verdict('Missing in the history').getByRole('link', { name: 'recipient differs' })
  expect(await similar.innerText()).toContain('Code 2')
  await verdict('Missing in the history').getByText('Entry 3 · resembles a message').click()
  await verdict('Missing in the history').getByRole('link', { name: 'text differs' }).waitFor()

  await verdict('Missing in the log').locator('summary').first().click()
  await verdict('Missing in the log').getByText('resembles entry 2 (line 3) (recipient differs)').click()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Show this entry' }).click()
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')
  await expect.poll(focused).toMatch(/^Entry 2 · resembles/)
  expect(troubles).toEqual([])
})

it('an entry that is there twice leads to the first one, and a failed message says why', async () => {
  const { page } = await visit(browser, `${waybill.url}/?panel=reconcile`, { timezoneId: 'UTC' })
  const verdict = await compare(page)
  await verdict('Twice in the log').locator('summary').first().click()
  await verdict('Twice in the log').getByText('belongs to entry 4 (line 5)').click()
  expect(await violationsOf(page)).toEqual([])
  await verdict('Twice in the log').getByRole('button', { name: 'Show this entry' }).click()
  await verdict('Matched').getByText('In the log').waitFor()

  await verdict('Status differs').locator('summary').first().click()
  await verdict('Status differs').getByText('Entry 6').click()
  const failed = verdict('Status differs').getByRole('link', { name: 'Message undeliverable (131026)' })
  await failed.click()
  await page.getByRole('heading', { name: 'Why it failed' }).waitFor()
  await expectText(page, 'the number is not on WhatsApp')
  expect(await violationsOf(page)).toEqual([])
})

it('a log that cannot be read says what to do', async () => {
  const { page } = await visit(browser, `${waybill.url}/?panel=reconcile`)
  const choose = (buffer: Buffer): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer })
  await choose(Buffer.from([0x1f, 0x8b, 8, 0]))
  await expectText(page, 'The log cannot be read. It is a compressed file. Unpack it')
  await page.getByText('Details', { exact: true }).click()
  await expectText(page, 'this is a gzip file')
  expect(await page.getByRole('button', { name: /^Read it as/ }).count()).toBe(0)
  await choose(Buffer.from('id;text\n1;Grüße\n', 'latin1'))
  await page.getByRole('button', { name: 'Read it as windows-1252' }).click()
  await expectText(page, 'Grüße')
  await choose(Buffer.from('a;b\n1;2\n'))
  await expectText(page, 'Entries cannot be matched yet.')
  await choose(Buffer.from('to;at;text\n+14155552671;2026-11-01T10:00:00Z;a\n+14155552671;soon;b\n'))
  await page.getByRole('button', { name: 'Compare with the history' }).click()
  await expectText(page, 'Line 3, column “at”: The time cannot be read')
  await page.getByText('In the server’s words').first().click()
  await expectText(page, 'line 3, column "at": this is not a time.')
})
