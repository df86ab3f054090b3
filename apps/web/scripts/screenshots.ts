import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../../../test/support/browser.ts'
import { startWaybill } from '../test/browser/support/waybill.ts'

// Writes docs/page-*.png: the page as it is with made-up messages, on a desk and on a phone. Run it after a build:
// `npx -y pnpm@12 run screenshots`.

const DAY_MS = 86_400_000
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const folder = fileURLToPath(new URL('../../../docs/page/', import.meta.url))
const endAt = Date.now() - 600_000

await using waybill = await startWaybill({
  octopods: generateOctopodsRows({ count: 300, seed: 1, endAt, spanMs: 9 * DAY_MS }),
  wacr: generateWacrRows({ count: 2500, seed: 2, endAt, spanMs: 60 * DAY_MS }),
})
const { browser, close } = await launchBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: DESKTOP, locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  await page.goto(waybill.url)
  // Until the archive has everything.
  await page.waitForTimeout(8000)
  await take(page, 'list', '', 'Shop')
  await take(page, 'failed', '?status=failed', 'Failed', async () => {
    await page.locator('a.message').nth(1).click()
    await page.getByRole('heading', { name: 'Conversation around it' }).waitFor()
  })
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, 'dark', '?time=week', 'Shop')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await take(page, 'phone', '', 'Read')
  await take(page, 'phone-message', '?status=failed', 'Failed', async () => {
    await page.locator('a.message').nth(1).click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
  })
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
