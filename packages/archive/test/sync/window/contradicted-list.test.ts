import { createEngine, type SourceReport } from '@waybill/engine'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, openArchive, type SyncSource } from '../../../src/index.js'
import { octoRows } from '../../support/octo-rows.js'
import { startOcto } from '../../support/upstreams.js'

const MINUTE_MS = 60_000

type Body = Record<string, unknown>[]

interface Lie {
  /** Messages before the first poll, and between it and the second. */
  readonly counts: readonly [first: number, second: number]
  readonly change: (body: Body) => unknown
  readonly code: string
}

const LIES: readonly (readonly [string, Lie])[] = [
  ['is empty', { counts: [20, 5], change: () => [], code: 'ROWS_HIDDEN' }],
  ['lacks the newest', { counts: [20, 5], change: (body) => body.slice(7), code: 'ROWS_HIDDEN' }],
  [
    'lacks some in the middle',
    { counts: [20, 1], change: (body) => body.toSpliced(3, 4), code: 'ROWS_HIDDEN' },
  ],
  [
    'still has an old message, after more than a window came',
    { counts: [95, 20], change: (body) => [...body.slice(0, 15), ...body.slice(-1)], code: 'ROWS_HIDDEN' },
  ],
  [
    'has fewer messages than it counts',
    {
      counts: [20, 5],
      change: (body) => ({ messages: body.map(flat).slice(0, 10), total: 25 }),
      code: 'ROWS_HIDDEN',
    },
  ],
  [
    'says that others follow though it is not full',
    {
      counts: [20, 5],
      change: (body) => ({ messages: body.map(flat), has_more: true }),
      code: 'ROWS_HIDDEN',
    },
  ],
  ['begins with the oldest', { counts: [20, 5], change: (body) => body.toReversed(), code: 'SORT_IGNORED' }],
  [
    'has all times in another zone',
    {
      counts: [20, 5],
      change: (body) =>
        body.map((item) => ({ ...item, created_at: hoursBefore(String(item['created_at']), 2) })),
      code: 'ORDER_BROKEN',
    },
  ],
]

function hoursBefore(time: string, hours: number): string {
  return new Date(Date.parse(time) - hours * 3_600_000).toISOString()
}

/** An item of the one shape in the other. */
function flat(item: Body[number]): Body[number] {
  const { channel_message_id: id, message_status: status } = item['message_status'] as Record<string, unknown>
  return { message_id: id, status, phone_number: item['user_phone_number'], sent_at: item['created_at'] }
}

async function report(archive: Archive, { id, provider }: SyncSource): Promise<SourceReport | undefined> {
  const archived = archive.source({ id, provider, maxStalenessMs: 3_600_000 })
  const { reports } = await createEngine({ sources: [{ id, provider: archived }] }).messages({})
  return reports[0]
}

describe('a list that contradicts itself, or what is stored', () => {
  it.each(LIES)('proves nothing, until others do: it %s', async (_, { counts, change, code }) => {
    const archive = await openArchive({ url: 'sqlite::memory:' })
    const begin = Date.now() - 10 * MINUTE_MS
    const { emulator, source } = await startOcto({ rows: octoRows(counts[0], 1, begin - 3 * MINUTE_MS) })
    let now = begin
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    expect(await report(archive, source)).toMatchObject({ completeness: 'COMPLETE', warnings: [] })

    for (const row of octoRows(counts[1], 1000, begin + 1000)) emulator.table.insert(row)
    emulator.faults.when(({ path }) => path.endsWith('/messages'), {
      kind: 'mutateBody',
      change: (body) => change(body as Body),
    })
    now += MINUTE_MS
    await sync.once()
    const doubted = await report(archive, source)
    expect(doubted).toMatchObject({ outcome: 'OK', completeness: 'UNPROVEN' })
    expect(doubted?.warnings.map((warning) => warning.code)).toContain(code)

    emulator.faults.clear()
    // Times that are right again are other times than before, once more.
    for (let poll = 0; poll < 2; poll += 1) {
      now += MINUTE_MS
      await sync.once()
    }
    const proven = await report(archive, source)
    expect(proven?.warnings).toEqual([])
    expect(proven?.gaps).toEqual([])
    await sync.close()
    await archive.close()
  })

  it('has a gap after it, if what it passed over was pushed out meanwhile', async () => {
    const archive = await openArchive({ url: 'sqlite::memory:' })
    const begin = Date.now() - 10 * MINUTE_MS
    const { emulator, source } = await startOcto({ rows: octoRows(50, 1, begin - 3 * MINUTE_MS) })
    let now = begin
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    for (const [id, fault] of [
      [1000, { kind: 'mutateBody', change: () => [] }],
      [2000, null],
    ] as const) {
      for (const row of octoRows(60, id, now + 1000)) emulator.table.insert(row)
      if (fault !== null) emulator.faults.when(({ path }) => path.endsWith('/messages'), fault)
      now += 1.5 * MINUTE_MS
      await sync.once()
      emulator.faults.clear()
    }
    const { completeness, gaps } = (await report(archive, source)) ?? {}
    expect({ completeness, gaps: gaps?.length }).toEqual({ completeness: 'HAS_GAPS', gaps: 1 })
    await sync.close()
    await archive.close()
  })

  it('is no such list where messages were deleted, even all of them', async () => {
    const archive = await openArchive({ url: 'sqlite::memory:' })
    const begin = Date.now() - 10 * MINUTE_MS
    const { emulator, source } = await startOcto({ rows: octoRows(20, 1, begin - 3 * MINUTE_MS) })
    let now = begin
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    for (const ids of [[3, 20], Array.from({ length: 20 }, (_, index) => index + 1)]) {
      for (const id of ids) emulator.table.delete(id)
      now += MINUTE_MS
      await sync.once()
      expect(await report(archive, source)).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
    }
    await sync.close()
    await archive.close()
  })
})
