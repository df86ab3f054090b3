import type { LaunchedBrowser } from '../../../test/support/browser.ts'

export type Browser = LaunchedBrowser['browser']
export type Page = Awaited<ReturnType<Browser['newPage']>>

const DESKTOP = { width: 1440, height: 900 }

/** Opens a page in a browser session of its own, whose cache is empty, for as long as a function takes. */
export async function withFreshPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}

/**
 * Opens an address, and measures from the beginning of the navigation until the browser has painted the first element of each selector.
 *
 * @returns milliseconds, in the order of the selectors
 */
export async function msToPaint<const T extends readonly string[]>(
  page: Page,
  url: string,
  selectors: T,
): Promise<{ readonly [K in keyof T]: number }> {
  await page.addInitScript(markPaints, [...selectors])
  await page.goto(url, { waitUntil: 'commit' })
  const times = await page.waitForFunction(
    (names) => {
      const marks = names.map((name) => performance.getEntriesByName(name)[0]?.startTime)
      return marks.every((mark) => mark !== undefined) && marks
    },
    [...selectors],
  )
  return (await times.jsonValue()) as unknown as { readonly [K in keyof T]: number }
}

/** Runs in the page before anything of it. */
function markPaints(selectors: readonly string[]): void {
  const waiting = new Set(selectors)
  const observer = new MutationObserver(() => {
    for (const selector of waiting) {
      if (document.querySelector(selector) === null) continue
      waiting.delete(selector)
      requestAnimationFrame(() => {
        // A task that follows a frame runs when that frame has been painted.
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => performance.mark(selector), { once: true })
        port1.start()
        port2.postMessage(null)
      })
    }
    if (waiting.size === 0) observer.disconnect()
  })
  observer.observe(document, { childList: true, subtree: true })
}
