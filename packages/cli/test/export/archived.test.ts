import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { emptyArchive } from '../support/archives.js'
import { fillArchive } from '../support/fill-archive.js'
import { parseLines, startUpstreams, type Upstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'
import { spawnWaybill, type WaybillProcess } from '../support/waybill-process.js'

/** Nothing is asked for while a test reads. */
const section = { sync: { minPollSeconds: 600, maxPollSeconds: 600, maxStalenessSeconds: 3600 } }
const SHOP = ['export', '--source', 'shop']

async function startArchived(
  createPlace: (typeof PLACES)[number]['createPlace'],
  count: number,
): Promise<{ upstreams: Upstreams; ids: string[] }> {
  const archive = await emptyArchive(createPlace)
  const ids = await fillArchive(archive, count)
  return { upstreams: await startUpstreams({ archive, section }), ids }
}

function idsIn(text: string): string[] {
  return parseLines(text).map(({ upstreamId }) => String(upstreamId))
}

describe.each(PLACES)('$engine: an export of an archive', ({ createPlace }) => {
  test('holds what was requested, in both formats, without a request', async () => {
    const { upstreams, ids } = await startArchived(createPlace, 3000)
    const whole = await runWaybill(SHOP, upstreams)
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    expect(idsIn(whole.stdout).toSorted()).toEqual(ids.toSorted())
    const csv = await runWaybill([...SHOP, '--output', 'all.csv', '--json'], upstreams)
    expect(csv).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(csv.stdout)).toMatchObject({ messages: 3000, complete: true, output: 'all.csv' })
    const rows = parse<Record<string, string>>(await readFile(join(upstreams.cwd, 'all.csv'), 'utf8'), {
      columns: true,
    })
    expect(rows.map(({ upstreamId }) => upstreamId)).toEqual(idsIn(whole.stdout))

    const fates = await runWaybill([...SHOP, '--fields', 'status,statusHistory,deletedAt'], upstreams)
    for (const { status, statusHistory, deletedAt } of parseLines(fates.stdout)) {
      expect(statusHistory).toEqual([{ status, observedAt: expect.stringMatching(/^20\S+Z$/) }])
      expect(deletedAt).toBeNull()
    }

    const chosen = [
      '--filter=filter[status][in]=failed,deleted',
      '--filter=filter[direction]=inbound',
      '--since=2026-01-01T00:05:00Z',
      '--until=2026-01-01T00:10:00Z',
      '--search=MESSAGE 1',
    ]
    const some = parseLines((await runWaybill([...SHOP, ...chosen], upstreams)).stdout)
    const wanted = ids.filter((id) => {
      const seconds = Math.floor(Number(id) / 3)
      return Number(id) % 12 === 0 && seconds >= 300 && seconds < 600 && id.startsWith('1')
    })
    expect(wanted.length).toBeGreaterThan(10)
    expect(some.map(({ upstreamId }) => String(upstreamId)).toSorted()).toEqual(wanted.toSorted())
    expect([upstreams.octopods.log, upstreams.wacr.log]).toEqual([[], []])
  })

  test('continues exactly where it was killed', async () => {
    const { upstreams, ids } = await startArchived(createPlace, 50_000)
    const command = [...SHOP, '--output', 'out.ndjson']
    const file = join(upstreams.cwd, 'out.ndjson')
    const killed = spawnWaybill(command, upstreams)
    await untilSaved(`${file}.resume.json`, killed)
    killed.signal('SIGKILL')
    await killed.exited
    const { bytes } = JSON.parse(await readFile(`${file}.resume.json`, 'utf8')) as { bytes: number }
    expect(bytes).toBeGreaterThan(0)
    expect((await stat(`${file}.part`)).size).toBeGreaterThanOrEqual(bytes)
    expect(existsSync(file)).toBe(false)
    const second = await runWaybill([...command, '--resume'], upstreams)
    expect(second).toEqual({ code: 0, stdout: '', stderr: '' })
    const found = idsIn(await readFile(file, 'utf8'))
    expect(found).toHaveLength(ids.length)
    expect(new Set(found)).toEqual(new Set(ids))
    expect(existsSync(`${file}.resume.json`)).toBe(false)
  })
})

/** Until something of the output is written down as sound. */
async function untilSaved(resumeFile: string, { exited, output }: WaybillProcess): Promise<void> {
  let isOver = false
  void exited.then(() => (isOver = true))
  for (;;) {
    if (isOver) throw new Error(`It ended early: ${output.stderr}`)
    await wait(20)
    const text = existsSync(resumeFile) ? await readFile(resumeFile, 'utf8') : ''
    if (text.includes('"cursor":"')) return
  }
}
