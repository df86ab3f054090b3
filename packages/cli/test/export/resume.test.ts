import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateWacrRows, type WacrEmulatorOptions } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { parseLines, startUpstreams, type Upstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'
import { spawnWaybill, type WaybillProcess } from '../support/waybill-process.js'

const COUNT = 4000
/** Slow enough that an export notes how far it came before it is looked at. */
const slow: WacrEmulatorOptions = { rows: generateWacrRows({ count: COUNT, seed: 3 }), latencyMs: 150 }

const EXPORT = ['export', '--source', 'shop', '--fields', 'upstreamId,sentAt,text', '--output', 'out.ndjson']
/** What is written until it is whole. */
const PART = 'out.ndjson.part'

async function exported({ cwd }: Upstreams, name = 'out.ndjson'): Promise<string[]> {
  return parseLines(await readFile(join(cwd, name), 'utf8')).map(({ upstreamId }) => String(upstreamId))
}

function idsOf({ wacr }: Upstreams): string[] {
  return wacr.table.rows().map(({ id }) => String(id))
}

/** Starts an export, and lets it wait for the answer to that request until it has ended. */
async function startExport(upstreams: Upstreams, requests: number): Promise<WaybillProcess> {
  const { wacr } = upstreams
  const begun = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const forget = wacr.onRequest(() => {
    if (wacr.log.length < requests) return undefined
    begun.resolve()
    return ended.promise
  })
  const waybill = spawnWaybill(EXPORT, upstreams)
  void waybill.exited.then(() => {
    forget()
    ended.resolve()
    return begun.reject(new Error(`It ended early: ${waybill.output.stderr}`))
  })
  await begun.promise
  return waybill
}

describe('an export that was killed', () => {
  test.each([8, 17, 24])('after %i requests continues exactly after what it wrote', async (requests) => {
    const upstreams = await startUpstreams({ wacr: slow })
    const first = await startExport(upstreams, requests)
    first.signal('SIGKILL')
    await first.exited
    // Whatever the process had begun to write behind the point that it noted.
    await writeFile(join(upstreams.cwd, PART), '{"upstreamId":"cut', { flag: 'a' })
    expect(await readdir(upstreams.cwd)).not.toContain('out.ndjson')
    const refused = await runWaybill(EXPORT, upstreams)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/is unfinished: continue with --resume, or start again with --overwrite/)
    const second = await runWaybill([...EXPORT, '--resume'], upstreams)
    expect(second).toEqual({ code: 0, stdout: '', stderr: '' })
    const ids = await exported(upstreams)
    expect(ids).toHaveLength(COUNT)
    expect(ids.toSorted()).toEqual(idsOf(upstreams).toSorted())
  })
})

describe('an export that is stopped', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s prints how to continue, and does continue', async (signal, code) => {
    const upstreams = await startUpstreams({ wacr: slow })
    const first = await startExport(upstreams, 25)
    first.signal(signal)
    expect(await first.exited).toBe(code)
    expect(first.output.stderr).toBe(
      'Interrupted. The same command with --resume continues where it stopped.\n',
    )
    const written = await exported(upstreams, PART)
    expect(written.length).toBeGreaterThan(0)
    expect(written.length).toBeLessThan(COUNT)
    const before = upstreams.wacr.log.length
    expect(await runWaybill([...EXPORT, '--resume'], upstreams)).toMatchObject({ code: 0, stderr: '' })
    expect((await exported(upstreams)).toSorted()).toEqual(idsOf(upstreams).toSorted())
    // What was there was not read again.
    expect(upstreams.wacr.log.length - before).toBeLessThan((COUNT / 100) * 1.5)
  })
})

describe('--resume', () => {
  test('begins where nothing was begun, and refuses what is finished', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: generateWacrRows({ count: 5, seed: 1 }) } })
    expect(await runWaybill([...EXPORT, '--resume'], upstreams)).toMatchObject({ code: 0 })
    const again = await runWaybill([...EXPORT, '--resume'], upstreams)
    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/out\.ndjson exists: start again with --overwrite/)
    expect(await runWaybill([...EXPORT, '--overwrite'], upstreams)).toMatchObject({ code: 0 })
    expect(await exported(upstreams)).toHaveLength(5)
  })

  test('refuses another query, and a file that was cut', async () => {
    const upstreams = await startUpstreams({ wacr: slow })
    const first = await startExport(upstreams, 20)
    first.signal('SIGINT')
    await first.exited
    const other = await runWaybill([...EXPORT, '--search', 'order', '--resume'], upstreams)
    expect(other.code).toBe(2)
    expect(other.stderr).toMatch(/was started with other flags: repeat them to continue/)
    await writeFile(join(upstreams.cwd, PART), '')
    const cut = await runWaybill([...EXPORT, '--resume'], upstreams)
    expect(cut.code).toBe(2)
    expect(cut.stderr).toMatch(/is shorter than the export that was written to it/)
    await writeFile(join(upstreams.cwd, 'out.ndjson.resume.json'), '{"version":2}')
    const broken = await runWaybill([...EXPORT, '--resume'], upstreams)
    expect(broken.code).toBe(2)
    expect(broken.stderr).toMatch(/cannot be read\. Remove it/)
  })
})
