import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { untilArchived } from './support/until-archived.js'
import { connectBrowser, expectRow, expectText, PHONE, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const DAY_MS = 86_400_000
const endAt = Date.now() - 3_600_000
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  // Octopods lists 100 of them: before that, its messages are not all known.
  const octopods = generateOctopodsRows({ count: 150, seed: 1, endAt, spanMs: 15 * DAY_MS })
  const wacr = generateWacrRows({ count: 60, seed: 2, endAt, spanMs: 15 * DAY_MS })
  ;[browser, waybill] = await Promise.all([connectBrowser(), startWaybill({ octopods, wacr })])
  await untilArchived(waybill.url, { octo: 100, shop: 60 })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
})

describe('where the window is low, as at a zoom of 200 %', () => {
  it('the wheel scrolls what is above the list away, and then the list in its whole height', async () => {
    const { page } = await visit(browser, waybill.url, { viewport: { width: 720, height: 450 } })
    await expectRow(page, /[↑↓]/)
    await page.locator('.bar').first().waitFor()
    const list = page.locator('.rows')
    // Messages are in sight before anything is scrolled.
    const second = await page.locator('a.message').nth(1).boundingBox()
    expect((second?.y ?? 450) + (second?.height ?? 0)).toBeLessThan(450)
    // Over the strip of the list that is in sight, or else over what is above it.
    const { y } = (await list.boundingBox()) ?? { y: 0 }
    await page.mouse.move(360, Math.min(440, y + 10))
    await page.mouse.wheel(0, 100)
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0)
    expect(await list.evaluate(({ scrollTop }) => scrollTop)).toBe(0)
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 200)
        return list.evaluate(({ scrollTop }) => scrollTop)
      })
      .toBeGreaterThan(0)
    const { top, height } = await list.evaluate((rows) => rows.getBoundingClientRect().toJSON())
    expect(top).toBeLessThan(120)
    expect(height).toBeGreaterThan(330)
  })
})

it('a heading of a day is lower than a message on a phone, and the rows join, also after scrolling', async () => {
  const { page } = await visit(browser, waybill.url, { viewport: PHONE })
  await expectRow(page, /[↑↓]/)
  const rows = page.locator('.rows')
  const places = (): Promise<{ heights: string; open: number }> =>
    rows.evaluate((list) => {
      const items = [...list.querySelectorAll('li')].map((item) => ({
        index: Number(item.dataset['index']),
        isDay: item.querySelector('.day') !== null,
        box: item.getBoundingClientRect(),
      }))
      const open = items.filter(({ index, box }) =>
        items.some((next) => next.index === index + 1 && Math.abs(next.box.top - box.bottom) > 0.5),
      )
      const heights = new Set(items.map(({ isDay, box: { height } }) => `${isDay ? 'day' : 'row'} ${height}`))
      return { heights: [...heights].toSorted().join(), open: open.length }
    })
  await expect.poll(places).toEqual({ heights: 'day 34,row 64', open: 0 })
  // All the way: pages that were dropped come back as high as they were.
  await expect
    .poll(async () => {
      await rows.evaluate((list) => list.scrollBy(0, 2000))
      return (await page.locator('.foot').allInnerTexts()).join()
    })
    .toMatch(/^End of the list/)
  await expect.poll(places).toEqual({ heights: 'day 34,row 64', open: 0 })
  await rows.evaluate((list) => list.scrollTo(0, 0))
  await expect.poll(places).toEqual({ heights: 'day 34,row 64', open: 0 })
})

describe('a bar', () => {
  it.each([
    ['on a desk', {}],
    ['on a phone, dark', { viewport: PHONE, colorScheme: 'dark' }],
  ] as const)('shows whether it is incomplete at any height: %s', async (_, options) => {
    const { page } = await visit(browser, waybill.url, options)
    await page.locator('.bar').first().waitFor()
    const bars = await page.locator('.bar').evaluateAll((links) =>
      links.map((link) => {
        const [amount, fine] = link.children
        if (amount === undefined || fine === undefined) return null
        return {
          isNamed: (link.getAttribute('aria-label') ?? '').includes('may be missing'),
          mark: getComputedStyle(amount, '::before').content,
          isHatched: getComputedStyle(fine).backgroundImage !== 'none',
          isInside:
            amount.getBoundingClientRect().top >=
            (link.parentElement?.getBoundingClientRect().top ?? 0) - 0.5,
        }
      }),
    )
    const [incomplete, complete] = [true, false].map((isNamed) =>
      bars.filter((bar) => bar?.isNamed === isNamed),
    )
    expect(incomplete).not.toEqual([])
    expect(complete).not.toEqual([])
    for (const bar of incomplete ?? [])
      expect(bar).toEqual({ isNamed: true, mark: '"≥"', isHatched: true, isInside: true })
    for (const bar of complete ?? [])
      expect(bar).toEqual({ isNamed: false, mark: '""', isHatched: false, isInside: true })
  })

  it('is as wide as the window allows, and never too thin for a mouse', async () => {
    const { page } = await visit(browser, waybill.url)
    await page.locator('.bar').first().waitFor()
    for (const width of [1440, 1000, 700]) {
      await page.setViewportSize({ width, height: 900 })
      const measure = () =>
        page.evaluate(() => {
          const edge = document.querySelector('.plot')?.getBoundingClientRect().right ?? 0
          const bars = [...document.querySelectorAll('.bar')].map((bar) => bar.getBoundingClientRect().width)
          return { unused: innerWidth - edge, thinnest: Math.min(...bars) }
        })
      await expect.poll(async () => (await measure()).unused).toBeLessThan(20)
      await expect.poll(async () => (await measure()).thinnest).toBeGreaterThanOrEqual(12)
    }
  })

  it('that is pointed at, or has the focus, is described in words below', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    const [first, last] = [page.locator('.bar').first(), page.locator('.bar').last()]
    const words = page.locator('.bars .pointed-at')
    await first.hover()
    await expect.poll(() => words.innerText()).toBe(await first.getAttribute('aria-label'))
    await page.mouse.move(0, 0)
    await expect.poll(() => words.count()).toBe(0)
    await last.focus()
    await expect.poll(() => words.innerText()).toBe(await last.getAttribute('aria-label'))
  })

  it('has its number above it where there is room', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await page.locator('.bar').first().waitFor()
    const numbers = await page.locator('.bar').evaluateAll((links) =>
      links.map((link) => {
        const [amount] = link.children
        const number = amount?.firstElementChild
        const isSeen =
          amount !== undefined &&
          number instanceof HTMLElement &&
          number.getBoundingClientRect().bottom <= amount.getBoundingClientRect().bottom + 1
        return { label: link.getAttribute('aria-label'), shown: isSeen ? number.innerText : '' }
      }),
    )
    expect(numbers.length).toBeGreaterThan(10)
    for (const { label, shown } of numbers) {
      const [, count = ''] = /: (\d+) messages?, /.exec(label ?? '') ?? []
      expect(shown).toBe(count === '0' ? '' : count)
      expect(label).toMatch(count === '1' ? /: 1 message,/ : /: \d+ messages,/)
    }
  })
})

describe('a question about many messages', () => {
  it('is why they failed: the reasons add up to the figure, and each leads to its messages', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    const figure = page.locator('.figure.failed .count')
    await page.getByRole('link', { name: 'Why messages failed' }).click()
    const failed = (await figure.innerText()).replace('≥', '')
    expect(Number(failed)).toBeGreaterThan(5)
    await expectText(page, `At least ${failed} messages of this time and these filters failed.`)
    const counts = await page.locator('.question .count').allInnerTexts()
    expect(counts.reduce((total, count) => total + Number(count), 0)).toBe(Number(failed))
    const group = page.locator('.question', { hasText: /\(\d{3,6}\)/ }).first()
    await group.locator('summary').click()
    await group.getByText('What the code means').waitFor()
    await group.locator('.message-links a').first().click()
    await page.getByRole('heading', { name: 'Why it failed' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('is who waits for an answer, on a phone as well', async () => {
    const { page, troubles } = await visit(browser, `${waybill.url}/?panel=unanswered`, { viewport: PHONE })
    await page.getByText(/^\d+ contacts wait for an answer, the newest first\.$/).waitFor()
    const waiting = page.locator('.message-links a').first()
    await waiting.waitFor()
    expect(await waiting.innerText()).toMatch(/\d+ messages? since /)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    expect(await violationsOf(page)).toEqual([])
    await waiting.click()
    await page.getByRole('heading', { name: 'Conversation around it' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('is how many there were a week before, until the same time of day', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop&time=week`)
    const earlier = page.locator('.further p')
    await expect
      .poll(() => earlier.innerText())
      .toMatch(/^To compare, .+ 20\d\d until \d\d:\d\d: ≥?\d+ messages?, ≥?\d+ failed$/)
    await earlier.getByRole('link').click()
    await expect.poll(() => page.url()).toMatch(/&time=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/)
  })
})

it('nothing moves by itself for a person who wants less motion', async () => {
  const { page } = await visit(browser, waybill.url, { reducedMotion: 'reduce' })
  await page.locator('a.message').first().click()
  await page.getByRole('heading', { name: 'Timeline' }).waitFor()
  const moving = await page.evaluate(() => {
    const styles = [...document.querySelectorAll('*')].map((element) => getComputedStyle(element))
    return styles.filter(
      ({ animationName, transitionProperty, scrollBehavior }) =>
        animationName !== 'none' || transitionProperty !== 'none' || scrollBehavior === 'smooth',
    ).length
  })
  expect(moving).toBe(0)
})
