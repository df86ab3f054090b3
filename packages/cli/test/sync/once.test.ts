import { generateOctopodsRows, generateWacrRows, plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { emptyArchive } from '../support/archives.js'
import { parseLines, startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'
import { runWaybillProcess, spawnWaybill } from '../support/waybill-process.js'

const rows = {
  octopods: { rows: generateOctopodsRows({ count: 40, seed: 1 }) },
  wacr: { rows: generateWacrRows({ count: 620, seed: 2 }) },
}

describe.each(PLACES)('$engine: waybill sync', ({ createPlace }) => {
  test('fills the archive, and brings only what is new the next time', async () => {
    const upstreams = await startUpstreams({ ...rows, archive: await emptyArchive(createPlace) })
    const first = await runWaybillProcess(['sync'], upstreams)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(
      /^octo: 40 new, 0 changed, 0 deleted, \d+ requests?\nshop: 620 new, \d+ changed, 0 deleted, \d+ requests?\n$/,
    )
    const exported = await runWaybillProcess(['export'], upstreams)
    expect(exported).toMatchObject({ code: 0, stderr: '' })
    expect(parseLines(exported.stdout)).toHaveLength(660)

    upstreams.wacr.table.insert(plainWacrRow(upstreams.wacr.table.nextId(), { createdAt: Date.now() }))
    const second = await runWaybillProcess(['sync'], upstreams)
    expect(second.code).toBe(0)
    expect(second.stdout).toMatch(/^octo: 0 new, 0 changed.*\nshop: 1 new, 0 changed/)
  })

  test('of one source leaves the others alone', async () => {
    const upstreams = await startUpstreams({ ...rows, archive: await emptyArchive(createPlace) })
    const { code, stdout } = await runWaybill(['sync', 'shop'], upstreams)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^shop: 620 new.*\n$/)
    expect(upstreams.octopods.log).toEqual([])
  })

  test('--json prints nothing but JSON, the results last', async () => {
    const upstreams = await startUpstreams({ ...rows, archive: await emptyArchive(createPlace) })
    const { code, stdout, stderr } = await runWaybill(['sync', '--json'], upstreams)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = parseLines(stdout)
    expect(lines.slice(-2)).toMatchObject([
      { kind: 'result', source: 'octo', added: 40, isComplete: true, error: null },
      { kind: 'result', source: 'shop', added: 620, isComplete: true, error: null },
    ])
    expect(lines.slice(0, -2).map(({ kind }) => kind)).toContain('history')
    const times = lines.flatMap(({ downTo }) => (typeof downTo === 'string' ? [downTo] : []))
    expect(times.length).toBeGreaterThan(0)
    for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  test('--json prints a gap with both bounds and the cause, and the sync is incomplete', async () => {
    const upstreams = await startUpstreams({ ...rows, archive: await emptyArchive(createPlace) })
    await runWaybill(['sync', 'octo'], upstreams)
    const now = Date.now()
    for (let id = 1001; id <= 1250; id += 1) {
      upstreams.octopods.table.insert(plainOctopodsRow(id, { createdAt: now - 1250 + id }))
    }
    const { code, stdout } = await runWaybill(['sync', 'octo', '--json'], upstreams)
    expect(code).toBe(3)
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string
    expect(parseLines(stdout)).toContainEqual({
      kind: 'gap',
      source: 'octo',
      cause: 'window',
      gap: { from: time, to: time },
    })
  })

  test('continues with the others when a source fails, and prints once what to do', async () => {
    const upstreams = await startUpstreams({ ...rows, archive: await emptyArchive(createPlace) })
    upstreams.octopods.settings.apiKey = 'another'
    const { code, stdout, stderr } = await runWaybill(['sync'], upstreams)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^octo: .*(key|credentials).* \(UPSTREAM_UNAUTHORIZED\); until then 0 new/)
    expect(stdout).toMatch(/\nshop: 620 new/)
    expect(stderr).toBe('')
    const json = await runWaybill(['sync', '--json'], upstreams)
    expect(json.code).toBe(1)
    expect(parseLines(json.stdout).at(-2)).toMatchObject({ error: { code: 'UPSTREAM_UNAUTHORIZED' } })
  })

  test('can be interrupted, and continues the next time', async () => {
    const slow = { rows: generateWacrRows({ count: 3000, seed: 2 }), latencyMs: 150 }
    const upstreams = await startUpstreams({ wacr: slow, archive: await emptyArchive(createPlace) })
    const waybill = spawnWaybill(['sync', '--json'], upstreams)
    await waybill.seen('stdout', /"kind":"history"/)
    waybill.signal('SIGINT')
    expect(await waybill.exited).toBe(130)
    expect(waybill.output.stderr).toBe(
      'Interrupted. What was read is kept: the same command continues where it stopped.\n',
    )
    upstreams.wacr.settings.latencyMs = 0
    const { code, stdout } = await runWaybill(['sync', 'shop'], upstreams)
    expect(code).toBe(0)
    const added = Number(/^shop: ([\d,]+) new/.exec(stdout)?.[1]?.replace(',', ''))
    expect(added).toBeGreaterThan(0)
    expect(added).toBeLessThan(3000)
    const exported = await runWaybill(['export', '--source', 'shop', '--fields', 'upstreamId'], upstreams)
    expect(new Set(parseLines(exported.stdout).map(({ upstreamId }) => upstreamId)).size).toBe(3000)
  })

  test('refuses a source that is not configured', async () => {
    const upstreams = await startUpstreams({ ...rows, archive: await emptyArchive(createPlace) })
    const { code, stdout, stderr } = await runWaybill(['sync', 'shop', 'shp'], upstreams)
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: unknown source shp: choose from octo, shop\n',
    })
  })
})

test.each([['sync'], ['sources'], ['export']])(
  '%s fails when the archive cannot be reached',
  async (command) => {
    const upstreams = await startUpstreams({ archive: 'postgres://me:s3cret-word@127.0.0.1:1/waybill' })
    const { code, stdout, stderr } = await runWaybill([command], upstreams)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^error: archive\.url: The archive cannot be used \(ECONNREFUSED\)\. Nothing answers there: check .*\(ARCHIVE_UNAVAILABLE\)\n$/,
    )
  },
)
