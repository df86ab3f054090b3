import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, expect, inject, onTestFinished } from 'vitest'

const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** A page in a browser session of its own. */
export interface Visit {
  readonly page: Page
  /** What went wrong: requests to other hosts, errors, whatever the content security policy refused. */
  readonly troubles: string[]
}

/** How long an action may wait for what it acts on, in milliseconds: a loaded machine needs some seconds for what is at once elsewhere. */
const PATIENCE_MS = 60_000

/** The one Chromium of all test files, until the file that calls this is done. */
export async function connectBrowser(): Promise<Browser> {
  const browser = await chromium.connect(inject('browserEndpoint'))
  afterAll(() => browser.close())
  return browser
}

/** Opens the page of a server. It may talk to this server only; the session ends with the test. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  })
  onTestFinished(() => endContext(context))
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const troubles: string[] = []
  const { origin } = new URL(url)
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) troubles.push(`request to ${request.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(url)
  return { page, troubles }
}

/** Ends a session. An answer that one of its routes still waits for is no fault. */
export async function endContext(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
  await context.close()
}

/** Opens the page of a server, and enters the token that it asks for. */
export async function visitWithToken(
  browser: Browser,
  url: string,
  token: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const opened = await visit(browser, url, options)
  await enterToken(opened.page, token)
  return opened
}

/** Enters a token in a page that asks for one. */
export async function enterToken(page: Page, token: string): Promise<void> {
  const entry = page.locator('input[type=password]')
  await entry.waitFor()
  await entry.fill(token)
  await page.keyboard.press('Enter')
  // A panel that covers the page hides the search line.
  await page.getByRole('searchbox').or(page.locator('.panel')).first().waitFor()
}

/** What went wrong beside the first answers, which are errors to a caller without a token. */
export function withoutRefusals(troubles: readonly string[]): string[] {
  return troubles.filter((text) => !text.includes('401 (Unauthorized)'))
}

/** The rows of the list that are in the document, as text, in their order on the screen. */
export async function rowsOf(page: Page): Promise<string[]> {
  return page.locator('.rows li').evaluateAll((items) =>
    items
      .filter((item) => item instanceof HTMLElement)
      .toSorted((one, other) => Number(one.dataset['index']) - Number(other.dataset['index']))
      .map((item) => item.innerText.replaceAll(/\s+/g, ' ').trim()),
  )
}

/** Waits until the list shows a text. */
export async function expectRow(page: Page, text: RegExp): Promise<void> {
  await expect.poll(async () => (await rowsOf(page)).join('\n')).toMatch(text)
}

/** Waits until the page shows a text. */
export async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor()
}
