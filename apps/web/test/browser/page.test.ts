import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type LaunchedBrowser } from '../../../../test/support/browser.js'
import { violationsOf } from './support/accessibility.js'
import { expectRow, visit } from './support/visit.js'
import { type RunningWaybill, startWaybill } from './support/waybill.js'

const now = Date.now()
const DAY_MS = 86_400_000
let launched: LaunchedBrowser
let browser: Browser
let waybill: RunningWaybill

beforeAll(async () => {
  const octopods = generateOctopodsRows({ count: 300, seed: 1, endAt: now, spanMs: 20 * DAY_MS })
  const wacr = generateWacrRows({ count: 600, seed: 2, endAt: now, spanMs: 60 * DAY_MS })
  ;[launched, waybill] = await Promise.all([launchBrowser(), startWaybill({ octopods, wacr })])
  browser = launched.browser
})

afterAll(async () => {
  await Promise.all([launched.close(), waybill[Symbol.asyncDispose]()])
})

describe('the page', () => {
  it('lists the newest messages, loads from this server only, and has no fault that axe finds', async () => {
    const { page, troubles } = await visit(browser, waybill.url)
    await expectRow(page, /Octopods/)
    await expectRow(page, /Shop/)
    expect(await violationsOf(page)).toEqual([])
    expect(troubles).toEqual([])
  })
})
