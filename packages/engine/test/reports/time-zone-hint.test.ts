import { startOctopodsEmulator, startWacrEmulator } from '@waybill/emulators'
import { octopods } from '@waybill/provider-octopods'
import { wacr } from '@waybill/provider-wacr'
import { expect, it, onTestFinished } from 'vitest'
import { createEngine, type EngineSource } from '../../src/index.js'
import { octopodsRow } from '../support/octopods-rows.js'
import { reportOf } from '../support/requests.js'
import { MINUTE_MS, wacrRow } from '../support/wacr-rows.js'

/** In Berlin, the hour from two to three is shown twice in this night. */
const NIGHT = Date.parse('2026-10-24T23:30:00Z')
const ZONE = 'Europe/Berlin'
const COUNT = 90

async function startShop(minutes: number): Promise<EngineSource> {
  const rows = Array.from({ length: COUNT }, (_, id) =>
    wacrRow(id + 1, { createdAt: NIGHT + id * minutes * MINUTE_MS }),
  )
  const emulator = await startWacrEmulator({ rows, timeZone: ZONE })
  onTestFinished(() => emulator.close())
  const { token } = emulator.settings
  return { id: 'source', provider: wacr({ token, baseUrl: emulator.url }) }
}

async function startChannel(minutes: number): Promise<EngineSource> {
  const rows = Array.from({ length: COUNT }, (_, id) =>
    octopodsRow(id + 1, { createdAt: NIGHT + id * minutes * MINUTE_MS }),
  )
  const emulator = await startOctopodsEmulator({ rows, timeZone: ZONE })
  onTestFinished(() => emulator.close())
  const { apiKey } = emulator.settings
  return { id: 'source', provider: octopods({ apiKey, baseUrl: emulator.url }) }
}

async function warningsOf(source: EngineSource): Promise<readonly string[]> {
  const page = await createEngine({ sources: [source] }).messages({ first: 500 })
  return reportOf(page, 'source').warnings.map(({ message }) => message)
}

it.each([
  ['pages', 2, startShop],
  ['pages', 5, startShop],
  ['a window', 2, startChannel],
  ['a window', 5, startChannel],
] as const)(
  'advises the time zone where local times without one put %s of a row every %i minutes out of order',
  async (_, minutes, start) => {
    const [warning = '', ...others] = await warningsOf(await start(minutes))
    expect(warning).toContain('option timeZone of the provider')
    expect(others).toEqual([])
  },
)
