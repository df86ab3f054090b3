import { generateOctopodsRows, generateWacrRows, plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { changeLists, type SentItem } from '../../../../test/support/lies.js'
import { emptyArchive } from '../support/archives.js'
import { startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

const BURST = 250
const WINDOW = 100

function iso(time: number | undefined): string {
  return new Date(time ?? 0).toISOString()
}

describe.each(PLACES)('$engine: waybill sources', ({ createPlace }) => {
  test('shows an archive that is still empty, and its contents later', async () => {
    const upstreams = await startUpstreams({
      wacr: { rows: generateWacrRows({ count: 1234, seed: 1 }) },
      archive: await emptyArchive(createPlace),
    })
    const before = await runWaybill(['sources'], upstreams)
    expect(before.code).toBe(0)
    expect(before.stdout).toContain(`
  archive       0 messages
  complete      nowhere yet
  gaps          none known
  synced        never
`)
    await runWaybill(['sync'], upstreams)
    const { code, stdout } = await runWaybill(['sources'], upstreams)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /\nshop .*[^]*\n {2}queries read {2}the archive\n[^]*\n {2}archive {7}1,234 messages\n {2}complete {6}since the beginning, until 20\S+Z\n {2}gaps {10}none known\n {2}synced {8}\d+ s ago/,
    )
  })

  test('a burst between two polls is one gap, in words and in JSON', async () => {
    const now = Math.floor(Date.now() / 1000) * 1000
    const rows = generateOctopodsRows({ count: 120, seed: 1, endAt: now - 3_600_000, spanMs: 3_600_000 })
    const upstreams = await startUpstreams({ octopods: { rows }, archive: await emptyArchive(createPlace) })
    const { table } = upstreams.octopods
    expect(await runWaybill(['sync', 'octo'], upstreams)).toMatchObject({ code: 0, stderr: '' })
    const burst = Array.from({ length: BURST }, (_, index) =>
      table.insert(plainOctopodsRow(table.nextId(), { createdAt: now - (BURST - index) * 1000 })),
    )
    const from = iso(Math.max(...rows.map(({ createdAt }) => createdAt)))
    const to = iso(burst.at(-WINDOW)?.createdAt)

    const second = await runWaybill(['sync', 'octo'], upstreams)
    expect(second.code).toBe(3)
    expect(second.stdout).toMatch(/^octo: 100 new/)
    expect(JSON.parse(second.stderr)).toMatchObject({ level: 'warn', source: 'octo', from, to })
    // It is found once; what is known of it stays.
    expect(await runWaybill(['sync', 'octo'], upstreams)).toMatchObject({ code: 0, stderr: '' })

    const words = (await runWaybill(['sources'], upstreams)).stdout
    expect(words).toContain(`\n  gaps          ${from} to ${to}\n`)
    expect(words).toMatch(
      new RegExp(
        `\\n {2}complete {6}\\S+Z to ${iso(Date.parse(from) - 1)}; ${iso(Date.parse(to) + 1)} to \\S+Z\\n`,
      ),
    )
    const [octo] = JSON.parse((await runWaybill(['sources', '--json'], upstreams)).stdout) as unknown[]
    expect(octo).toMatchObject({
      id: 'octo',
      read: 'archive',
      upstream: { ok: true },
      archive: { messages: 200, gaps: [{ from, to }], lagSeconds: expect.any(Number), lastError: null },
    })
    const exported = await runWaybill(['export', '--source', 'octo'], upstreams)
    expect(exported.code).toBe(3)
    expect(exported.stderr).toMatch(
      new RegExp(
        `^incomplete: octo has gaps: ${from} to ${to}\\.\\nincomplete: octo goes back to \\S+; .*\\.\\n$`,
      ),
    )
  })

  test('shows when the archive was last compared with the whole list, and which rows cannot be read', async () => {
    const url = await emptyArchive(createPlace)
    const rows = [1, 2, 3, 4711, 4712].map((id) => plainWacrRow(id))
    const upstreams = await startUpstreams({ archive: url, wacr: { rows } })
    const secret = 'What it holds is nobody else’s business'
    changeLists(upstreams.wacr, (list) => ({ ...list, data: list.data.map((item) => spoil(item, secret)) }))
    await runWaybill(['sync'], upstreams)
    const { code, stdout } = await runWaybill(['sources'], upstreams)
    expect(code).toBe(0)
    expect(stdout).toMatch(/\n {2}compared {6}since the beginning, until 20\S+Z, at 20\S+Z\n/)
    expect(stdout).toMatch(/\n {2}rejected {6}2 rows cannot be read, the last one .*\n/)
    const { stdout: json } = await runWaybill(['sources', '--json'], upstreams)
    const [, shop] = JSON.parse(json) as unknown[]
    const time = expect.stringMatching(/^20\S+Z$/)
    const seen = {
      firstSeenAt: time,
      lastSeenAt: time,
      reason: expect.stringMatching(/^data\[\d\]\.(id|sent_at): expected/),
    }
    expect(shop).toMatchObject({
      id: 'shop',
      archive: {
        messages: 3,
        proven: [{ from: null, to: time, at: time }],
        rejectedCount: 2,
        rejected: expect.arrayContaining([
          { upstreamId: '4711', ...seen },
          { upstreamId: null, ...seen },
        ]),
      },
    })
    expect(stdout + json).not.toContain(secret)
  })

  test('shows why the archive could not be brought up to date', async () => {
    const upstreams = await startUpstreams({ archive: await emptyArchive(createPlace) })
    upstreams.wacr.settings.token = 'another'
    await runWaybill(['sync'], upstreams)
    const { code, stdout } = await runWaybill(['sources'], upstreams)
    expect(code).toBe(1)
    expect(stdout).toMatch(/\n {2}upstream {6}UPSTREAM_UNAUTHORIZED: /)
    expect(stdout).toMatch(/\n {2}last error {4}UPSTREAM_UNAUTHORIZED: /)
  })
})

/** Makes two rows unreadable: one without a time, one without an id. */
function spoil(item: SentItem, message: string): SentItem {
  if (item['id'] === 4711) return { ...item, message, sent_at: 'yesterday' }
  return item['id'] === 4712 ? { ...item, message, id: null } : item
}
