import { mkdir } from 'node:fs/promises'
import {
  generateOctopodsRows,
  generateWacrRows,
  startOctopodsEmulator,
  startWacrEmulator,
} from '@waybill/emulators'
import type { Page } from 'playwright-core'
import { createLogger, startWaybill } from '../dist/index.js'
import { launchBrowser } from './browser.ts'

// Writes docs/graphiql.png: GraphiQL with the answer to an example. Run it after a build: `node scripts/screenshot.ts`.
const DAY_MS = 86_400_000
const endAt = Date.now()
const folder = new URL('../../../docs/', import.meta.url)

await using octopods = await startOctopodsEmulator({
  rows: generateOctopodsRows({ count: 600, seed: 1, endAt, spanMs: 21 * DAY_MS }),
})
await using wacr = await startWacrEmulator({
  rows: generateWacrRows({ count: 5000, seed: 2, endAt, spanMs: 120 * DAY_MS }),
})
const server = await startWaybill({
  origin: {
    folder: import.meta.dirname,
    value: {
      server: { port: 0 },
      sources: [
        {
          id: 'octo',
          label: 'Octopods',
          provider: '@waybill/provider-octopods',
          options: { apiKey: octopods.settings.apiKey, baseUrl: octopods.url },
        },
        {
          id: 'shop',
          label: 'WA.cr',
          provider: '@waybill/provider-wacr',
          options: { token: wacr.settings.token, baseUrl: wacr.url },
        },
      ],
    },
  },
  environment: {},
  createLogger: () => createLogger({ stream: { write: () => undefined } }),
})
const { browser, close } = await launchBrowser()
try {
  const page = await browser.newPage({ viewport: { width: 1720, height: 960 }, deviceScaleFactor: 1.5 })
  await takePicture(page, new URL('graphiql.png', folder).pathname)
} finally {
  await close()
  await server.close()
}

async function takePicture(page: Page, path: string): Promise<void> {
  await page.goto(`${server.url}/graphql`)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await page.getByRole('link', { name: 'messages', exact: true }).click()
  await page.getByRole('button', { name: /Execute query/ }).click()
  await page.locator('.graphiql-response').getByText('"nodes"').waitFor()
  await page.mouse.move(0, 0)
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path, animations: 'disabled' })
}
