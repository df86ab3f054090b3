import { generateWacrRows } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../test/support/database-places.js'
import { emptyArchive } from './support/archives.js'
import { runOnTerminal } from './support/run-waybill.js'
import { parseLines, startUpstreams } from './support/upstreams.js'

const COUNT = 3000
/** Slow enough that there is progress to be seen. */
const wacr = { rows: generateWacrRows({ count: COUNT, seed: 1 }), latencyMs: 40 }

/** A line that is written over the one before, and a line that is taken away. */
const PROGRESS = /\r\u001B\[2K([\d,]+) of 3,000 messages, [\d,]+\/s(, \d+:\d\d left)?/g
const CLEARED = /\r\u001B\[2K$/

test('a sync on a terminal shows its progress, and removes it at the end', async () => {
  const upstreams = await startUpstreams({ wacr, archive: await emptyArchive(createSqlitePlace) })
  const { code, stdout, stderr } = await runOnTerminal(['sync', 'shop'], upstreams)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^shop: 3,000 new/)
  const shown = [...stderr.matchAll(PROGRESS)].map(([, done]) => Number(done?.replace(',', '')))
  expect(shown.length).toBeGreaterThan(1)
  expect(shown).toEqual(shown.toSorted((a, b) => a - b))
  expect(stderr).toMatch(CLEARED)
})

test('a sync that watches shows the progress of its first reading', async () => {
  const upstreams = await startUpstreams({ wacr, archive: await emptyArchive(createSqlitePlace) })
  const { code, stdout, stderr } = await runOnTerminal(['sync', 'shop', '--watch'], {
    ...upstreams,
    until: 'whole history',
  })
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect([...stderr.matchAll(PROGRESS)].length).toBeGreaterThan(1)
  expect(stderr.slice(stderr.indexOf('whole history'))).not.toMatch(PROGRESS)
})

test('an export on a terminal shows its progress, and names its file at the end', async () => {
  const upstreams = await startUpstreams({ wacr })
  const command = ['export', '--source', 'shop', '--fields', 'upstreamId,sentAt', '--output', 'out.ndjson']
  const { code, stdout, stderr } = await runOnTerminal(command, upstreams)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect([...stderr.matchAll(PROGRESS)].length).toBeGreaterThan(1)
  expect(stderr).toMatch(/\r\u001B\[2Kout\.ndjson has 3,000 messages\.\n$/)
})

test('a sync that waits because its upstream requested it shows until when', async () => {
  const upstreams = await startUpstreams({ archive: await emptyArchive(createSqlitePlace) })
  const refusal = { kind: 'status', status: 429, headers: { 'retry-after': '2' } } as const
  upstreams.wacr.faults.next(refusal, 3)
  const refused = await runOnTerminal(['sync', 'shop'], upstreams)
  expect(refused.code).toBe(1)
  expect(refused.stderr).not.toContain('waits until')
  const { code, stdout, stderr } = await runOnTerminal(['sync', 'shop', '--json'], upstreams)
  expect(code).toBe(0)
  const told =
    /shop waits until (\S+Z), as its upstream requested:  .*429.* \(UPSTREAM_RATE_LIMITED\)\n/.exec(stderr)
  expect(parseLines(stdout)[0]).toMatchObject({ kind: 'waiting', source: 'shop', until: told?.[1] })
})

test('a sync shows for each source what it waits for and until when, and counts down', async () => {
  const upstreams = await startUpstreams({
    wacr: { rows: generateWacrRows({ count: 1500, seed: 1 }) },
    archive: await emptyArchive(createSqlitePlace),
    section: { rateLimit: { requests: 8, perSeconds: 4 } },
  })
  const begun = Date.now()
  const { code, stderr } = await runOnTerminal(['sync'], upstreams)
  expect(code).toBe(0)
  const wait =
    /shop: ([\d,]+) of 1,500 messages; waits until (\d\d:\d\d:\d\d) UTC \((\d:\d\d)\) for its rate limit/g
  const shown = [...stderr.matchAll(wait)]
  expect(shown.length).toBeGreaterThan(1)
  expect(new Set(shown.map(([, , , left]) => left)).size).toBeGreaterThan(1)
  const hours = new Date(begun).toISOString().slice(11, 13)
  expect(shown.map(([, , until]) => until?.slice(0, 2))).toContain(hours)
  expect(stderr).toMatch(CLEARED)
})

test('--json prints for each wait its reason and its end', async () => {
  const upstreams = await startUpstreams({
    wacr: { rows: generateWacrRows({ count: 1500, seed: 1 }) },
    archive: await emptyArchive(createSqlitePlace),
    section: { rateLimit: { requests: 8, perSeconds: 4 } },
  })
  const { code, stdout } = await runOnTerminal(['sync', 'shop', '--json'], upstreams)
  expect(code).toBe(0)
  const waits = parseLines(stdout).filter(({ kind }) => kind === 'waiting')
  expect(waits[0]).toEqual({
    kind: 'waiting',
    source: 'shop',
    reason: 'rate-limit',
    until: expect.stringMatching(/^20\S+Z$/),
    error: null,
  })
})

test('a sync that watches shows when the next poll is', async () => {
  const upstreams = await startUpstreams({
    archive: await emptyArchive(createSqlitePlace),
    section: { sync: { minPollSeconds: 5, maxPollSeconds: 60 } },
  })
  const { code, stderr } = await runOnTerminal(['sync', '--watch'], {
    ...upstreams,
    until: 'for its next poll',
  })
  expect(code).toBe(0)
  expect(stderr).toMatch(/(?:octo|shop): waits until \d\d:\d\d:\d\d UTC \(\d:\d\d\) for its next poll/)
})
