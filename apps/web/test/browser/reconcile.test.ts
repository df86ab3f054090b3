import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plainOctopodsRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectText, visitWithToken } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const HOUR_MS = 3_600_000
const WHOLE = 'whole-s3cret-token'
const NUMBERS = 'numbers-s3cret-token'
const begin = Date.now() - 20 * HOUR_MS
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const sha256 = createHash('sha256').update(NUMBERS).digest('hex')
  const auth = { bearerTokens: [WHOLE], tokens: [{ name: 'numbers', sha256, scopes: ['messages:read'] }] }
  const octopods = Array.from({ length: 10 }, (_, index) =>
    plainOctopodsRow(index + 1, {
      createdAt: begin + index * HOUR_MS,
      content: `Code ${index + 1}`,
      status: index === 0 ? 'FAILED' : 'DELIVERED',
    }),
  )
  const server = { auth, limits: { maxLogBytes: 400_000 } }
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ octopods, server })])
  await untilArchived(waybill.url, { octo: 10, shop: 0 }, WHOLE)
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

async function openPanel(token = WHOLE): Promise<Page> {
  const { page } = await visitWithToken(browser, `${waybill.url}/?panel=reconcile`, token, {
    timezoneId: 'UTC',
  })
  return page
}

async function choose(page: Page, content: string | Buffer): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
}

async function compare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compare with the history' }).click()
}

function verdict(page: Page, title: string): ReturnType<Page['locator']> {
  return page.locator('details.verdict', { hasText: title })
}

/** An entry of a log, as many hours after the first message. */
function entry(hours: number, text: string, to = '+14155552671'): string {
  return `${new Date(begin + hours * HOUR_MS).toISOString()};${to};${text}`
}

const LOG = ['At;To;Text', entry(0, 'Code 1'), entry(1, 'Code 2'), entry(4.5, 'Never sent')].join('\n')

describe('findings', () => {
  it('say how many of the matched ones failed, and show what was sent nearest to a missing one', async () => {
    const page = await openPanel()
    await choose(page, LOG)
    await compare(page)
    await verdict(page, 'Matched').getByText('1 of them failed').waitFor()
    await verdict(page, 'Missing in the history').locator('summary').first().click()
    await verdict(page, 'Missing in the history').getByText('Never sent').click()
    await expectText(page, 'No message fits. Other messages sent to this number around that time')
    const texts = await page.locator('.message-links .body').allInnerTexts()
    expect(texts.map((text) => text.trim())).toEqual([
      'Code 8',
      'Code 7',
      'Code 6',
      'Code 5',
      'Code 4',
      'Code 3',
    ])
    expect(await violationsOf(page)).toEqual([])
  })

  it('name the source and the span of a doubt, and distances in units that one can read', async () => {
    const page = await openPanel()
    const common = { reasons: [], message: null, rule: null, source: null, upstreamId: null }
    const span = { from: '2026-11-03T10:00:00.000Z', to: '2026-11-03T12:00:00.000Z' }
    const doubt = { ...common, verdict: 'CANNOT_TELL', source: 'octo' }
    const matched = { ...common, verdict: 'MATCHED', rule: 'text' }
    const findings = [
      { ...doubt, entry: 1, because: 'GAP', span },
      { ...doubt, entry: 2, because: 'BEYOND_REACH', span: { ...span, from: null } },
      { ...doubt, entry: null, upstreamId: '7', because: 'NOT_SETTLED', span: { ...span, to: null } },
      { ...matched, entry: 3, deltaSeconds: 0 },
      { ...matched, entry: 4, deltaSeconds: 5400 },
      { ...matched, entry: 5, deltaSeconds: -1.5 },
    ]
    const body = findings.map((finding) => `${JSON.stringify(finding)}\n`).join('')
    await page.route('**/reconcile?*', (route) => route.fulfill({ body }))
    await choose(page, LOG)
    await compare(page)
    await verdict(page, 'Cannot tell').locator('summary').first().click()
    await verdict(page, 'Matched').locator('summary').first().click()
    const lines = async (title: string): Promise<string[]> => {
      const texts = await verdict(page, title).locator('li > details > summary').allInnerTexts()
      return texts.map((text) => text.replaceAll(/[\s–]+/g, ' ').trim())
    }
    await expect
      .poll(() => lines('Cannot tell'))
      .toEqual([
        expect.stringMatching(
          /^Entry 1 · Octopods: the history has a gap there · 3 Nov 2026, 10:00 12:00( |$)/,
        ),
        expect.stringMatching(
          /^Entry 2 · Octopods: the history does not go back so far · until 3 Nov 2026, 12:00:00( |$)/,
        ),
        expect.stringMatching(
          /^Octopods, id 7 · messages of that time may still arrive · from 3 Nov 2026, 10:00:00 on( |$)/,
        ),
      ])
    await expect
      .poll(() => lines('Matched'))
      .toEqual([
        expect.stringMatching(/^Entry 3 · by number and text · at the logged time( |$)/),
        expect.stringMatching(/^Entry 4 · by number and text · 1 hr,? 30 mins? later than logged( |$)/),
        expect.stringMatching(/^Entry 5 · by number and text · 1\.5 secs? earlier than logged( |$)/),
      ])
  })

  it('begin with the hint that the times of the log are wrong, in the language of the page', async () => {
    const shifted = Array.from({ length: 10 }, (_, index) => entry(index + 2, `Code ${index + 1}`))
    const log = ['At;To;Text', ...shifted].join('\n')
    const page = await openPanel()
    await choose(page, log)
    await compare(page)
    await expectText(page, '10 entries would match messages that were sent 2 hrs earlier than logged')
    await expectText(page, 'choose the one in which they were written')
    const { page: german } = await visitWithToken(browser, `${waybill.url}/?panel=reconcile`, WHOLE, {
      locale: 'de-DE',
    })
    await choose(german, log)
    await german.getByRole('button', { name: 'Mit dem Verlauf abgleichen' }).click()
    await expectText(german, 'zu Nachrichten passen, die 2 Std. früher als im Protokoll gesendet wurden')
    expect(await violationsOf(german)).toEqual([])
  })

  it('stay where the answer breaks off, with a word that others are missing', async () => {
    const page = await openPanel()
    await choose(page, LOG)
    await page.route('**/reconcile?*', (route) => route.abort('connectionreset'))
    await compare(page)
    await expectText(page, 'The log could not be compared, since the connection to the server broke off.')
    expect(await page.locator('details.verdict').count()).toBe(0)
    await page.unroute('**/reconcile?*')
    const whole = JSON.stringify({ entry: 1, verdict: 'MATCHED', reasons: [], message: null })
    await page.route('**/reconcile?*', (route) => route.fulfill({ body: `${whole}\n${whole.slice(0, 20)}` }))
    await compare(page)
    await expectText(page, 'only a part of the findings is shown')
    expect(await verdict(page, 'Matched').innerText()).toMatch(/^1\s+Matched/)
    expect(await page.getByRole('button', { name: 'Download NDJSON' }).count()).toBe(0)
  })
})

describe('a refusal', () => {
  it('says in the language of the page what to change', async () => {
    const page = await openPanel()
    await choose(page, LOG)
    await page.getByLabel('Time zone of times without a zone').fill('Berlin')
    await compare(page)
    await expectText(page, 'The log cannot be compared. The time zone is unknown. Give a name such as')
    await page.getByLabel('Time zone of times without a zone').fill('Europe/Berlin')
    await page.getByLabel('Country of numbers without a country code').fill('XX')
    await compare(page)
    await expectText(page, 'The log cannot be compared. The country is unknown. Give its code of two letters')
    await choose(page, LOG.padEnd(500_000, '\n'))
    await compare(page)
    await expectText(page, 'The log cannot be compared. It is too large for this server. Divide it by time')
  })

  it('names the fields that a token without access to contents may compare by', async () => {
    const page = await openPanel(NUMBERS)
    await choose(page, LOG)
    await compare(page)
    await expectText(page, 'Your token may compare by “id at the source” alone.')
  })

  it('of an encoding that only the server can see has the buttons that choose another', async () => {
    const page = await openPanel()
    const rows = [1, 2, 3].map((id) => `${id};${'a'.repeat(100_000)}\n`).join('')
    await choose(page, Buffer.from(`id;text\n${rows}4;Grüße\n`, 'latin1'))
    await page.getByLabel('Country of numbers without a country code').fill('DE')
    await compare(page)
    await expectText(page, 'Some characters cannot be read. Choose the encoding below')
    await page.getByRole('button', { name: 'Read it as windows-1252' }).click()
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
    expect(await page.getByLabel('Country of numbers without a country code').inputValue()).toBe('DE')
    await compare(page)
    await page.locator('details.verdict').first().waitFor()
  })

  it('of a table of findings has its reason, and the table can be cancelled', async () => {
    const page = await openPanel()
    await choose(page, LOG)
    await compare(page)
    await verdict(page, 'Matched').waitFor()
    const errors = [{ message: 'Later', extensions: { code: 'RATE_LIMITED' } }]
    await page.route('**/reconcile?*', (route) => route.fulfill({ status: 429, json: { errors } }))
    await page.getByRole('button', { name: 'Download CSV' }).click()
    await expectText(page, 'Too many requests at once.')
    await page.unroute('**/reconcile?*')
    await page.route('**/reconcile?*', () => undefined)
    await page.getByRole('button', { name: 'Download CSV' }).click()
    await expectText(page, 'Comparing once more for CSV.')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => page.getByText('Comparing once more').count()).toBe(0)
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

it('a log that was corrected can be chosen again under its name, and one that changed says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-log-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'log.csv')
  const page = await openPanel()
  // As a person chooses it: the same file twice is no change to the browser.
  const session = await page.context().newCDPSession(page)
  const chooseFile = async (): Promise<void> => {
    const { root } = await session.send('DOM.getDocument')
    const input = await session.send('DOM.querySelector', {
      nodeId: root.nodeId,
      selector: 'input[type=file]',
    })
    await session.send('DOM.setFileInputFiles', { files: [path], nodeId: input.nodeId })
  }
  await writeFile(path, Buffer.from([0x1f, 0x8b, 8, 0]))
  await chooseFile()
  await expectText(page, 'It is a compressed file.')
  await writeFile(path, LOG)
  await chooseFile()
  await page.getByText('How it is read').waitFor()
  await writeFile(path, `${LOG}\n${entry(2, 'Code 3')}\n`)
  await compare(page)
  await expectText(page, 'The file has changed, or is gone, since you chose it. Choose it again.')
  await chooseFile()
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  await compare(page)
  await page.getByRole('heading', { name: /^4 entries of the log/ }).waitFor()
})
