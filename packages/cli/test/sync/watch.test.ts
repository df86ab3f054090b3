import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { emptyArchive, lookInto } from '../support/archives.js'
import { parseLines, startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'
import { spawnWaybill } from '../support/waybill-process.js'

const PATIENCE = { timeout: 60_000, interval: 100 }
const section = { sync: { minPollSeconds: 0.2, maxPollSeconds: 0.5 } }

describe.each(PLACES)('$engine: waybill sync --watch', ({ createPlace }) => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'follows its sources until %s, and then leaves them to other processes',
    async (signal) => {
      const url = await emptyArchive(createPlace)
      const upstreams = await startUpstreams({ archive: url, section })
      const { octopods, wacr } = upstreams
      const archive = await lookInto(url)
      const counts = async (): Promise<number[]> =>
        Promise.all(['octo', 'shop'].map(async (id) => (await archive.status(id)).messageCount))
      const waybill = spawnWaybill(['sync', '--watch'], upstreams)
      for (const id of [1, 2]) {
        octopods.table.insert(plainOctopodsRow(id))
        wacr.table.insert(plainWacrRow(id))
        await expect.poll(counts, PATIENCE).toEqual([id, id])
      }
      waybill.signal(signal)
      expect(await waybill.exited).toBe(0)
      expect(waybill.output.stdout).toBe('')
      expect(waybill.output.stderr).toContain(`"message":"stopping","signal":"${signal}"`)
      expect(waybill.output.stderr).not.toMatch(/"level":"(warn|error)"/)
      // A lease that was kept would last for 20 seconds.
      const begun = Date.now()
      expect(await runWaybill(['sync'], upstreams)).toMatchObject({ code: 0 })
      expect(Date.now() - begun).toBeLessThan(15_000)
    },
  )

  test('of one source, with --json, prints what happens to it', async () => {
    const url = await emptyArchive(createPlace)
    const upstreams = await startUpstreams({ archive: url, section })
    upstreams.wacr.table.insert(plainWacrRow(1))
    const waybill = spawnWaybill(['sync', 'shop', '--watch', '--json'], upstreams)
    await waybill.seen('stdout', /"isDone":true/)
    waybill.signal('SIGTERM')
    expect(await waybill.exited).toBe(0)
    const lines = parseLines(waybill.output.stdout)
    expect(new Set(lines.map(({ source }) => source))).toEqual(new Set(['shop']))
    expect(upstreams.octopods.log).toEqual([])
  })

  test('ends when nobody reads what it prints', async () => {
    const upstreams = await startUpstreams({ archive: await emptyArchive(createPlace), section })
    const waybill = spawnWaybill(['sync', '--watch', '--json'], upstreams)
    await waybill.seen('stdout', /"kind":"synced"/)
    waybill.hangUp()
    expect(await waybill.exited).toBe(141)
    expect(waybill.output.stderr).toBe('')
  })

  test('lets others bring the archive up to date beside it', async () => {
    const upstreams = await startUpstreams({ archive: await emptyArchive(createPlace), section })
    upstreams.wacr.table.insert(plainWacrRow(1))
    const waybill = spawnWaybill(['sync', '--watch', '--json'], upstreams)
    await waybill.seen('stdout', /"isDone":true/)
    const once = await runWaybill(['sync'], upstreams)
    expect(once).toMatchObject({ code: 0, stderr: '' })
    expect(once.stdout).toMatch(/^octo: 0 new.*\nshop: 0 new.*\n$/)
    waybill.signal('SIGINT')
    expect(await waybill.exited).toBe(0)
  })
})
