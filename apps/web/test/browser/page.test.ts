import { generateOctopodsRows, generateWacrRows, plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { hostileRows } from './support/hostile-texts.js'
import { connectBrowser, endContext, expectRow, expectText, PHONE, rowsOf, visit } from './support/visit.js'
import { untilArchived } from './support/until-archived.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const DAY_MS = 86_400_000
/** How many messages the shop has: more of them take longer to scroll through. */
const COUNT = Number(process.env['WAYBILL_LIST'] ?? 600)
/** Those in sight, and some around them. */
const ROWS_IN_DOCUMENT = 80
/** How long the scrolling of all messages may take. */
const SCROLL_MS = 150_000 + COUNT * 40
/** How much memory a list may take beyond its first page, however long it is, in bytes. */
const MEMORY = 15_000_000
const HOSTILE = hostileRows().length
const endAt = Date.now() - 3_600_000
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const octopods = generateOctopodsRows({ count: 300, seed: 1, endAt, spanMs: 20 * DAY_MS })
  const wacr = generateWacrRows({ count: COUNT, seed: 2, endAt, spanMs: 60 * DAY_MS })
  ;[browser, waybill] = await Promise.all([
    connectBrowser(),
    startWaybill({ octopods, wacr: [...wacr, ...hostileRows()] }),
  ])
  await untilArchived(waybill.url, { octo: 100, shop: COUNT + HOSTILE })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.innerText : '',
  )
}

/** The places and addresses of the messages in sight; scrolls on once all of them are there. */
function readRowsAndScroll(page: Page): Promise<{ rows: [index: number, href: string][]; isAtEnd: boolean }> {
  return page.locator('.rows').evaluate(async (list) => {
    const frame = (): Promise<number> => new Promise(requestAnimationFrame)
    await frame()
    await frame()
    const items = [...list.querySelectorAll('li')]
    const isLoading = items.some((item) => item.innerText.includes('Loading'))
    const isAtEnd = !isLoading && list.scrollTop + list.clientHeight > list.scrollHeight - 2
    if (!isLoading) list.scrollBy(0, 600)
    const rows = items.flatMap((item): [number, string][] => {
      const href = item.querySelector('a')?.getAttribute('href')
      return href === null || href === undefined ? [] : [[Number(item.dataset['index']), href]]
    })
    return { rows, isAtEnd }
  })
}

/** How many gaps the archive knows in the history of a source. */
async function gapsOf(source: string): Promise<number> {
  const query = '{ sources { key archive { gaps { from } } } }'
  const response = await fetch(`${waybill.url}/graphql?query=${encodeURIComponent(query)}`)
  const { data } = (await response.json()) as {
    data: { sources: { key: string; archive: { gaps: unknown[] } }[] }
  }
  return data.sources.find(({ key }) => key === source)?.archive.gaps.length ?? 0
}

/** What a page's objects take after a collection, in bytes. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

describe('the page', () => {
  it('lists all sources, loads from this server only, and has no fault that axe finds', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    await expectRow(page, /Octopods/)
    await expectRow(page, /Shop/)
    await page.locator('a.message').first().click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(PHONE)
    expect(await violationsOf(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('reads the list first, and counts when it is there', async () => {
    const context = await browser.newContext()
    onTestFinished(() => endContext(context))
    const page = await context.newPage()
    const steps: string[] = []
    await page.route('**/graphql', async (route, request) => {
      const name = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1] ?? ''
      steps.push(`${name} begins`)
      if (name !== 'MessagesPage') return route.continue()
      const response = await route.fetch()
      // The page has no part of the answer before this.
      steps.push(`${name} ends`)
      return route.fulfill({ response })
    })
    await page.goto(waybill.url)
    await page.locator('.figure .count').first().waitFor()
    const places = ['MessagesPage begins', 'MessagesPage ends', 'Counts begins'].map((step) =>
      steps.indexOf(step),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  it('has its state in the address: chips, search and an open message go back and forth', async () => {
    const { page } = await visit(browser, waybill.url)
    await page.getByRole('button', { name: 'Failed', exact: true }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?status=failed`)
    await expect.poll(async () => (await rowsOf(page)).join()).toMatch(/^(?!.*Delivered).*Failed/)
    await page.locator('a.message').first().click()
    await expect.poll(() => page.url()).toMatch(/\?status=failed&message=\w+$/)
    await page.goBack()
    await page.goBack()
    await expectRow(page, /Read|Delivered/)
    expect(page.url()).toBe(`${waybill.url}/`)
  })

  it('finds what was sent to a number, in two actions, and says what it cannot know', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /\+\d{9}/)
    const number = /\+\d{9,}/.exec((await rowsOf(page)).join())?.[0] ?? ''
    const spelled = `00${number.slice(1, 3)} (${number.slice(3, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`
    await page.getByRole('searchbox').fill(spelled)
    await page.keyboard.press('Enter')
    await expectText(page, `Contact: ${spelled}`)
    await expectRow(page, new RegExp(`\\${number}`))
    const others = async (): Promise<string[]> =>
      (await rowsOf(page)).filter(
        (row) => /\d\d:\d\d:\d\d/.test(row) && /[↑↓]/.test(row) && !row.includes(number),
      )
    await expect.poll(others).toEqual([])
    // Octopods lists its newest hundred messages only.
    await expectText(page, 'Octopods: nothing older than')
  })

  it.each([
    ['of WhatsApp', 'wamid.800001'],
    ['at the source', '800001'],
  ])('finds a message by its id %s', async (_, id) => {
    const { page } = await visit(browser, `${waybill.url}/?q=${id}&as=id`)
    await page.locator('a.message').waitFor()
    expect((await rowsOf(page)).join()).toContain('script')
  })

  it('is worked by the keyboard alone, and shows where the focus is', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /Shop/)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the messages')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const [first, second] = (await rowsOf(page)).filter((row) => /[↑↓]/.test(row))
    await expect.poll(async () => (await focused(page)).replaceAll(/\s+/g, ' ')).toBe(first)
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await focused(page)).replaceAll(/\s+/g, ' ')).toBe(second)
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    )
    expect(outline).toBe('solid')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focused(page)).replaceAll(/\s+/g, ' ')).toBe(second)
  })

  it(
    'scrolls to the end of the list without repeats, and without filling the memory',
    async () => {
      const { page } = await visit(browser, `${waybill.url}/?source=shop`)
      await expectRow(page, /Shop/)
      const before = await heapOf(page)
      const seen = new Map<number, string>()
      let most = 0
      await expect
        .poll(
          async () => {
            const { rows, isAtEnd } = await readRowsAndScroll(page)
            for (const [index, href] of rows) seen.set(index, href)
            most = Math.max(most, rows.length)
            return isAtEnd && page.locator('.foot').allInnerTexts()
          },
          { timeout: SCROLL_MS, interval: 1 },
        )
        .toEqual(['End of the list. Everything that matches is above.'])
      expect(new Set(seen.values()).size).toBe(COUNT + HOSTILE)
      expect(seen.size).toBe(COUNT + HOSTILE)
      expect(most).toBeLessThan(ROWS_IN_DOCUMENT)
      await expect.poll(async () => (await heapOf(page)) - before).toBeLessThan(MEMORY)
    },
    SCROLL_MS + 60_000,
  )

  it('reads rows again that came into sight while the server was absent', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await expectRow(page, /Shop/)
    const [newest] = (await rowsOf(page)).filter((row) => /[↑↓]/.test(row))
    // Until the newest page of the list is so far away that its rows are dropped.
    const rows = page.locator('.rows')
    await expect
      .poll(async () => {
        await readRowsAndScroll(page)
        return rows.evaluate(({ scrollTop }) => scrollTop)
      })
      .toBeGreaterThan(300 * 34)
    await page.route('**/graphql', (route) => route.abort('connectionrefused'))
    await rows.evaluate((list) => list.scrollTo(0, 0))
    await expectText(page, 'The server does not answer.')
    await expectRow(page, /^Loading…/)
    await page.unroute('**/graphql')
    await expect.poll(() => rowsOf(page)).toContain(newest)
    await expect.poll(() => page.getByText('The server does not answer.').count()).toBe(0)
  })

  it('announces what is new, and shows it when that is wanted', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /Shop/)
    await page.getByText('Live', { exact: true }).waitFor()
    const before = await rowsOf(page)
    waybill.wacr.table.insert(
      plainWacrRow(waybill.wacr.table.nextId(), { createdAt: Date.now(), message: 'Fresh from the shop' }),
    )
    const button = page.getByRole('button', { name: 'Show 1 new message' })
    await button.waitFor()
    expect((await rowsOf(page)).slice(0, 5)).toEqual(before.slice(0, 5))
    await button.click()
    await expectRow(page, /Fresh from the shop/)
  })

  it.each([
    ['sent', 'SENT'],
    ['failed', 'FAILED'],
    // No documented word of this source.
    ['deleted', 'UNKNOWN'],
  ])('announces a message that arrives with a status that is filtered by: %s', async (word, status) => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop&status=${status.toLowerCase()}`)
    await page.locator('.empty, a.message').first().waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    const id = waybill.wacr.table.nextId()
    waybill.wacr.table.insert(
      plainWacrRow(id, { createdAt: Date.now(), status: word, message: `Arrives ${word}` }),
    )
    await page.getByRole('button', { name: 'Show 1 new message' }).click()
    await expectRow(page, new RegExp(`Arrives ${word}`))
  })

  it('announces a message that comes into the filter, and shows it as it is when it leaves again', async () => {
    const id = waybill.wacr.table.nextId()
    waybill.wacr.table.insert(
      plainWacrRow(id, { createdAt: Date.now() - 60_000, status: 'sent', message: 'On its way' }),
    )
    const { page } = await visit(browser, `${waybill.url}/?source=shop&status=failed`)
    await expectRow(page, /Failed/)
    await page.getByText('Live', { exact: true }).waitFor()
    const counted = page.locator('.figure.total .count')
    const before = Number((await counted.innerText()).replace(/\D/g, ''))
    waybill.wacr.table.update(id, { status: 'failed', updatedAt: Date.now() })
    const button = page.getByRole('button', { name: 'Show 1 new message' })
    await button.click()
    await expectRow(page, /Failed.* On its way/)
    await expect.poll(() => counted.innerText()).toBe(String(before + 1))
    waybill.wacr.table.update(id, { status: 'delivered', updatedAt: Date.now() })
    await expectRow(page, /Delivered On its way/)
    await expect.poll(() => counted.innerText()).toBe(String(before))
    expect(await button.count()).toBe(0)
  })

  it('speaks German to a German browser', async () => {
    const { page } = await visit(browser, `${waybill.url}/?status=failed`, { locale: 'de-DE' })
    await expectRow(page, /Fehlgeschlagen/)
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
  })

  it('opens in a browser that names its language in no valid way', async () => {
    const context = await browser.newContext()
    onTestFinished(() => endContext(context))
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] })
    })
    const page = await context.newPage()
    await page.goto(waybill.url)
    await expectRow(page, /Shop/)
  })

  it('shows a gap as a row with its span, where it is', async () => {
    const { page } = await visit(browser, waybill.url)
    await expectRow(page, /Octopods/)
    await page.getByText('Live', { exact: true }).waitFor()
    const sentAt = Date.now()
    for (let count = 1; count <= 150; count += 1)
      waybill.octopods.table.insert(plainOctopodsRow(waybill.octopods.table.nextId(), { createdAt: sentAt }))
    await expect.poll(() => gapsOf('octo')).toBe(1)
    // All that the source lists of them: a button whose count still grows cannot be clicked.
    await page.getByRole('button', { name: 'Show 100 new messages' }).click()
    await page.getByText('Octopods: 1 gap in this list').click()
    await page.locator('details a').click()
    await expect.poll(() => focused(page)).toMatch(/Octopods: messages may be missing, /)
    expect(await page.locator('.rows .gap').count()).toBe(1)
    // Whatever bar is under the pointer now is described in words as well.
    await page.mouse.move(0, 0)
    // The row warns; the lines above it do not repeat the warning.
    await expect.poll(() => page.locator('main').getByText('may be missing').count()).toBe(1)
    await page.getByRole('button', { name: 'All time' }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/`)
  })
})
