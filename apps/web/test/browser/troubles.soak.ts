import { createHash } from 'node:crypto'
import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { connectBrowser, expectRow, expectText, rowsOf, visit } from './support/visit.js'
import { untilArchived } from './support/until-archived.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const HOUR_MS = 3_600_000
const WHOLE = 'whole-s3cret-token'
const NUMBERS = 'numbers-s3cret-token'
const wacr = [1, 2, 3].map((id) =>
  plainWacrRow(id, { message: `Text ${id}`, createdAt: Date.now() - id * HOUR_MS, direction: 'inbound' }),
)
const octopods = [plainOctopodsRow(7, { createdAt: Date.now() - HOUR_MS })]
let browser: Browser
/** With an archive, open to everybody. */
let archived: RunningWaybill
/** Without an archive, for callers with a token. */
let live: RunningWaybill

beforeAll(async () => {
  const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex')
  const tokens = [{ name: 'numbers', sha256: sha256(NUMBERS), scopes: ['messages:read'] }]
  ;[browser, archived, live] = await Promise.all([
    connectBrowser(),
    startWaybill({ wacr, octopods }),
    startWaybill({ wacr, octopods, isArchived: false, server: { auth: { bearerTokens: [WHOLE], tokens } } }),
  ])
  await untilArchived(archived.url, { octo: 1, shop: 3 })
})

afterAll(async () => {
  await Promise.all([archived[Symbol.asyncDispose](), live[Symbol.asyncDispose]()])
})

describe('the page shows what happened and how to go on', () => {
  it('when the token expires, and when another one is given', async () => {
    const { page } = await visit(browser, `${live.url}/?source=shop`)
    const entry = page.getByLabel('Token')
    await entry.waitFor()
    expect(await violationsOf(page)).toEqual([])
    await entry.fill('wrong')
    await page.keyboard.press('Enter')
    await expectText(page, 'The server does not accept this token.')
    await entry.fill(WHOLE)
    await page.keyboard.press('Enter')
    await expectRow(page, /Text 1/)

    // From here on the server refuses the token, as it does one that has expired.
    await page.route('**/graphql', (route, request) =>
      route.continue({ headers: { ...request.headers(), authorization: 'Bearer expired' } }),
    )
    await page.getByRole('button', { name: 'Failed', exact: true }).click()
    await expectText(page, 'It may have expired.')
    await page.unroute('**/graphql')
    await entry.fill(NUMBERS)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Clear all' }).click()
    await expectRow(page, /…2671/)
  })

  it('when the token has no access to contents', async () => {
    const { page } = await visit(browser, live.url)
    await page.getByLabel('Token').fill(NUMBERS)
    await page.keyboard.press('Enter')
    await expectText(page, 'Your token has no access to contents')
    await expectRow(page, /…2671/)
    expect((await rowsOf(page)).join()).not.toMatch(/Text 1|\+14155552671/)
    await page.getByRole('searchbox').fill('+1 415 555 2671')
    await page.keyboard.press('Enter')
    await page.getByText('In the server’s words').first().click()
    await expectText(page, 'messages:content. Ask the operator for it.')
  })

  it('in two tabs, which share the token and the saved views', async () => {
    const { page } = await visit(browser, live.url)
    await page.getByLabel('Token').fill(WHOLE)
    await page.keyboard.press('Enter')
    await expectRow(page, /Text 1/)
    const other = await page.context().newPage()
    await other.goto(`${live.url}/?status=sent`)
    await expectRow(other, /Text 1/)

    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByLabel('Name of the view').fill('Everything')
    await page.keyboard.press('Enter')
    await other.getByRole('button', { name: 'Saved views' }).click()
    await other.getByRole('link', { name: 'Everything' }).click()
    await expect.poll(() => other.url()).toBe(`${live.url}/`)

    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Forget the token' }).click()
    await other.getByLabel('Token').waitFor()
  })

  it('when a source fails: what is missing, and the messages of the others', async () => {
    live.wacr.faults.when(() => true, { kind: 'status', status: 503 })
    // Another query than before, whose pages the server cannot have yet.
    const { page } = await visit(browser, `${live.url}/?status=sent`)
    await page.getByLabel('Token').fill(WHOLE)
    await page.keyboard.press('Enter')
    await expectText(page, 'Shop could not be read, so its messages are missing here.')
    await expectRow(page, /Octopods/)
    await page.locator('.figure .count').first().waitFor()
    // Whoever reads both learns it from the list alone.
    expect(await page.locator('.completeness').getByText('Shop').count()).toBe(0)
    expect(await violationsOf(page)).toEqual([])
    live.wacr.faults.clear()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expectRow(page, /Text 1/)
    expect(await page.getByText('could not be read').count()).toBe(0)
  })

  it('when the search cannot be read', async () => {
    const { page } = await visit(browser, `${archived.url}/?q=030%20231253`)
    await expectText(page, 'The search cannot be read.')
    await page.getByRole('button', { name: 'search for it as text' }).click()
    await expectText(page, 'No message matches')
  })

  it.each([
    ['is read in smaller pages', 60_000],
    ['is refused in words that say what to do', 2000],
  ])('when long texts make the list too expensive: it %s', async (_, maxAnswerBytes) => {
    await using waybill = await startWaybill({
      wacr: Array.from({ length: 40 }, (__, index) =>
        plainWacrRow(index + 1, { message: `Number ${index + 1} ${'x'.repeat(5000)}` }),
      ),
      server: { limits: { maxAnswerBytes } },
    })
    await untilArchived(waybill.url, { octo: 0, shop: 40 })
    const { page } = await visit(browser, waybill.url)
    if (maxAnswerBytes > 5000) {
      await expectRow(page, /Number 40 /)
      const lastRows = async (): Promise<string> => {
        await page.locator('.rows').evaluate((list) => list.scrollTo(0, list.scrollHeight))
        return (await rowsOf(page)).join()
      }
      await expect.poll(lastRows).toMatch(/Number 1 /)
      return
    }
    await expectText(page, 'That is too much for one query. Choose a shorter time')
    await page.getByText('In the server’s words').first().click()
    await expectText(page, '(server.limits.maxAnswerBytes)')
    await page.getByRole('button', { name: 'Try again' }).first().waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('when the network is slow', async () => {
    const { page } = await visit(browser, archived.url)
    await expectRow(page, /Text 1/)
    await page.clock.install()
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/graphql', async (route) => {
      await held
      await route.continue()
    })
    await page.getByRole('button', { name: 'Sent', exact: true }).click()
    await page.clock.runFor(5000)
    await expectText(page, 'The server is slow to answer…')
    answer()
    await expect.poll(() => page.getByText('The server is slow to answer…').count()).toBe(0)
  })

  it('when the clock of the device is wrong', async () => {
    const { page } = await visit(browser, archived.url)
    await page.clock.install({ time: Date.now() + 3 * HOUR_MS })
    await page.goto(`${archived.url}/?time=today`)
    await expectText(page, 'The clock of this device is 3 hours fast.')
  })

  it('when the server is gone, and when it is there again', async () => {
    const { page } = await visit(browser, archived.url)
    await expectRow(page, /Text 1/)
    await page.getByText('Live', { exact: true }).waitFor()
    await archived.stop()
    await expectText(page, 'The server does not answer.')
    expect((await rowsOf(page)).join()).toMatch(/Text 1/)
    // What is opened meanwhile is read once the server is there again.
    await page.locator('a.message').first().click()
    await page.locator('.panel').getByText('The server does not answer.').waitFor()
    await archived.start()
    await page.getByRole('heading', { name: 'Details' }).waitFor()
    await page.getByRole('heading', { name: 'Conversation around it' }).waitFor()
    await expect
      .poll(() => page.getByText('The server does not answer.').count(), { timeout: 60_000 })
      .toBe(0)
    await page.getByText('Live', { exact: true }).waitFor()
    archived.wacr.table.insert(plainWacrRow(99, { message: 'After the pause', createdAt: Date.now() }))
    await page.getByRole('button', { name: 'Show 1 new message' }).click()
    await expectRow(page, /After the pause/)
  })
})
