import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { createLogger } from '@waybill/runtime'
import type { Page } from 'playwright-core'
import { startDemo } from '../dist/demo/demo.js'
import { startWaybill } from '../dist/index.js'
import { launchBrowser } from '../../../test/support/browser.ts'

// Writes docs/graphiql.png: the demo in GraphiQL with the answer to an example. Run it after a build:
// `node scripts/screenshot.ts`.

/** Long enough for the archive to have everything. */
const FILLING_MS = 10_000
const folder = new URL('../../../docs/', import.meta.url)

const demo = await startDemo(process)
const server = await startWaybill({
  origin: demo.origin,
  server: { port: 0 },
  environment: {},
  createLogger: () => createLogger({ stream: { write: () => undefined } }),
})
const { browser, close } = await launchBrowser()
try {
  await wait(FILLING_MS)
  const page = await browser.newPage({ viewport: { width: 1720, height: 960 }, deviceScaleFactor: 1.5 })
  await takePicture(page, new URL('graphiql.png', folder).pathname)
} finally {
  await close()
  await server.close()
  await demo.close()
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
