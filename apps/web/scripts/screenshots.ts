import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { generateOctopodsRows, generateWacrRows, plainOctopodsRow } from '@waybill/emulators'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../../../test/support/browser.ts'
import { startWaybill } from '../test/browser/support/waybill.ts'

// Writes docs/page/*.png: the page as it is with made-up messages, on a desk and on a phone. Run it after a build:
// `npx -y pnpm@12 run screenshots`.

const DAY_MS = 86_400_000
const BURST_MS = DAY_MS / 4
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const folder = fileURLToPath(new URL('../../../docs/page/', import.meta.url))
const endAt = Date.now() - 600_000

await using waybill = await startWaybill({
  octopods: generateOctopodsRows({ count: 300, seed: 1, endAt: endAt - BURST_MS, spanMs: 9 * DAY_MS }),
  wacr: generateWacrRows({ count: 2500, seed: 2, endAt, spanMs: 60 * DAY_MS }),
})
const { browser, close } = await launchBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: DESKTOP, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  await page.goto(waybill.url)
  // Until the archive has everything.
  await page.waitForTimeout(8000)
  // More than the window holds between two polls: some are missed, which is a gap.
  for (let id = 1; id <= 130; id += 1)
    waybill.octopods.table.insert(
      plainOctopodsRow(90_000_000 + id, {
        createdAt: endAt - BURST_MS * (1 - id / 131),
        content: `Your code is ${700_000 + id * 37}.`,
        status: 'DELIVERED',
      }),
    )
  await page.waitForTimeout(3000)
  await take(page, 'list', '', 'Shop')
  await take(page, 'failed', '?status=failed', 'Failed', async () => {
    await page.locator('a.message').nth(1).click()
    await page.getByRole('heading', { name: 'Conversation around it' }).waitFor()
  })
  await takePanel(
    page,
    'reasons',
    '.question',
    (one) => one.locator('.question summary').first().click(),
    'failures',
  )
  await takePanel(page, 'sources', '.source-view:last-child .strip')
  await takePanel(page, 'download', '.download fieldset')
  await takePanel(page, 'reconcile', 'input[type=file]', reconcile)
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, 'dark', '?time=week', 'Shop')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await take(page, 'phone', '', 'Delivered')
  await take(page, 'phone-message', '?status=failed', 'Failed', async () => {
    await page.locator('a.message').nth(1).click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
  })
  await takePanel(page, 'phone-sources', '.source-view:last-child .strip', undefined, 'sources')
  await takePanel(page, 'phone-download', '.download fieldset', undefined, 'download')
  await takePanel(page, 'phone-reconcile', 'input[type=file]', reconcile, 'reconcile')
} finally {
  await close()
}

async function take(
  page: Page,
  name: string,
  address: string,
  text: string,
  act: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await page.goto(`${waybill.url}/${address}`)
  await page.locator('.row', { hasText: text }).first().waitFor()
  await act()
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' })
}

async function takePanel(
  page: Page,
  name: string,
  selector: string,
  act: (page: Page) => Promise<void> = () => Promise.resolve(),
  panel: string = name,
): Promise<void> {
  await page.goto(`${waybill.url}/?panel=${panel}`)
  await page.locator(selector).first().waitFor()
  await act(page)
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' })
}

/**
 * Compares a log of the newest messages of Octopods with the history: one of them has another status, and one, without its id, a
 * wrong digit in its number.
 */
async function reconcile(page: Page): Promise<void> {
  const fields = 'upstreamId,to,sentAt,text,status'
  const response = await fetch(`${waybill.url}/messages.ndjson?filter[source]=octo&fields=${fields}`)
  const rows = (await response.text()).trim().split('\n').slice(0, 40)
  const log = rows.map((row, index) => {
    const { upstreamId, to, sentAt, text, status } = JSON.parse(row) as Readonly<Record<string, string>>
    if (index === 5) return JSON.stringify({ to: to?.replace(/.$/, '0'), at: sentAt, text, status })
    return JSON.stringify({ id: upstreamId, to, at: sentAt, text, status: index === 3 ? 'read' : status })
  })
  await page.locator('input[type=file]').setInputFiles({
    name: 'sent.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(log.join('\n')),
  })
  await page.getByRole('button', { name: 'Octopods' }).click()
  await page.getByRole('button', { name: 'Compare with the history' }).click()
  for (const [title, entry] of [
    ['Missing in the history|Cannot tell', /resembles a message/],
    ['Status differs', /^Entry 4/],
  ] as const) {
    const verdict = page.locator('details.verdict', { hasText: new RegExp(title) }).first()
    await verdict.locator('summary').first().click()
    await verdict.getByText(entry).click()
    await verdict.getByRole('link').first().waitFor()
    await verdict.scrollIntoViewIfNeeded()
  }
}
