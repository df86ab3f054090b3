import { plainWacrRow } from '@waybill/emulators'
import type { Browser, Page, Request, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from './support/accessibility.js'
import { AUDIENCE, type IdentityProvider, startIdentityProvider } from './support/identity-provider.js'
import { connectBrowser, expectRow, expectText, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

/** Short enough that a token is renewed within a test. */
const TOKEN_SECONDS = 6
let browser: Browser
let provider: IdentityProvider
let waybill: RunningWaybill

beforeAll(async () => {
  provider = await startIdentityProvider(TOKEN_SECONDS)
  ;[browser, waybill] = await Promise.all([
    connectBrowser(),
    startWaybill({
      isArchived: false,
      wacr: [plainWacrRow(1, { message: 'For those who may read' })],
      server: {
        auth: {
          jwt: {
            issuer: provider.issuer,
            audience: AUDIENCE,
            jwksUrl: `${provider.issuer}/jwks`,
            login: { clientId: 'page', parameters: { resource: AUDIENCE } },
          },
        },
      },
    }),
  ])
  provider.register(`${waybill.url}/`)
})

afterEach(() => {
  Object.assign(provider, { isUp: true, isRenewing: true, tokenSeconds: TOKEN_SECONDS })
})

afterAll(async () => {
  await waybill[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** Names somebody at the identity provider, who asks for a name once in a browser session. */
async function identify(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.locator('input[name=login]').fill('ops')
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
}

async function logIn(page: Page): Promise<void> {
  await identify(page)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expectRow(page, /For those who may read/)
}

describe('the login of an identity provider', () => {
  it('leads back to the view, in all tabs, and renews its token until it is forgotten', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop&status=sent`)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await logIn(page)
    expect(page.url()).toBe(`${waybill.url}/?source=shop&status=sent`)
    const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), document.cookie]))
    expect(kept).not.toContain('eyJ')

    const other = await page.context().newPage()
    await other.goto(`${waybill.url}/?source=shop`)
    await expectRow(other, /For those who may read/)
    const { granted } = provider
    const tokenOf = (one: Page): Promise<string | null> =>
      one.evaluate(() => sessionStorage.getItem('waybill.token'))
    const before = await tokenOf(other)
    await expect.poll(() => granted.refresh).toBeGreaterThan(0)
    await expect.poll(() => tokenOf(other)).not.toBe(before)
    await expect.poll(async () => (await tokenOf(page)) === (await tokenOf(other))).toBe(true)
    await page.getByRole('button', { name: 'Sent', exact: true }).click()
    await expect.poll(() => page.url()).toBe(`${waybill.url}/?source=shop`)
    await expectRow(page, /For those who may read/)

    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await other.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await tokenOf(other)).toBeNull()
  })

  it('stays away once its token is forgotten, even where the next one is just being fetched', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await logIn(page)
    const held = Promise.withResolvers<Route>()
    await page.route(`${provider.issuer}/token`, (route) => held.resolve(route))
    const renewal = await held.promise
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    await renewal.continue()
    // The renewal holds this lock until it is over.
    const kept = await page.evaluate(() =>
      navigator.locks.request('waybill.renewal', () => sessionStorage.getItem('waybill.token')),
    )
    expect(kept).toBeNull()
  })

  it('is ended by “Log out” also where its token cannot be renewed', async () => {
    Object.assign(provider, { isRenewing: false, tokenSeconds: 3600 })
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await logIn(page)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByText('What the marks mean').click()
    await expectText(page, 'contact derived from the conversation')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await page.evaluate(() => sessionStorage.getItem('waybill.token'))).toBeNull()
  })

  it('is asked for again where the token has ended and cannot be renewed', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await logIn(page)
    // From here on the server refuses the token, as it does one that has expired.
    const expire = (route: Route, request: Request): Promise<void> =>
      route.continue({ headers: { ...request.headers(), authorization: 'Bearer expired' } })
    await page.route('**/graphql', expire)
    provider.isUp = false
    // A query that was under way may have been refused already: then there is nothing left to click.
    const sent = page.getByRole('button', { name: 'Sent', exact: true })
    await sent.evaluateAll((buttons) =>
      buttons.forEach((button) => button.dispatchEvent(new MouseEvent('click', { bubbles: true }))),
    )
    await expectText(page, 'It may have expired.')
    const view = page.url()
    await page.getByRole('button', { name: 'Log in' }).click()
    await expectText(page, 'The identity provider cannot be reached.')
    provider.isUp = true
    await page.unroute('**/graphql')
    await page.getByRole('button', { name: 'Log in' }).click()
    await expectRow(page, /For those who may read/)
    expect(page.url()).toBe(view)
  })

  it('that cannot be ended, since a script of the page is missing, says so and can begin again', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await identify(page)
    await page.route('**/page/identity-provider-*', (route) => route.abort('connectionrefused'))
    await page.getByRole('button', { name: 'Continue' }).click()
    await expectText(page, 'A part of the page could not be loaded.')
    expect(page.url()).toBe(`${waybill.url}/?source=shop`)
    await page.unroute('**/page/identity-provider-*')
    await page.getByRole('button', { name: 'Load the page again' }).click()
    await page.getByRole('button', { name: 'Log in' }).click()
    await expectRow(page, /For those who may read/)
  })

  it('is offered also where the server did not answer at first', async () => {
    const { page } = await visit(browser, waybill.url)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    await page.route('**/login', (route) => route.abort('connectionrefused'))
    await page.reload()
    await expectText(page, 'The server does not answer. The page tries again by itself.')
    expect(await page.getByText('Ask the operator').count()).toBe(0)
    await page.unroute('**/login')
    await page.getByRole('button', { name: 'Log in' }).waitFor()
  })

  it('that is refused says so, in the words of the identity provider', async () => {
    const { page } = await visit(browser, `${waybill.url}/?source=shop`)
    await identify(page)
    await page.getByRole('link', { name: 'Cancel' }).click()
    await expectText(page, 'The identity provider did not let you in.')
    await expectText(page, 'End-User aborted interaction')
    expect(page.url()).toBe(`${waybill.url}/?source=shop`)
  })

  it('takes no answer to a login that this page did not begin', async () => {
    const { code } = provider.granted
    const { page } = await visit(browser, `${waybill.url}/?code=stolen&state=guessed&iss=${provider.issuer}`)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.locator('input[name=login]').waitFor()
    await page.goto(`${waybill.url}/?error=denied&error_description=Call+us&state=guessed`)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await page.getByText('Call us').count()).toBe(0)
    expect(provider.granted.code).toBe(code)
  })
})
