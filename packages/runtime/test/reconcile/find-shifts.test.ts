import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSync, openArchive } from '@waybill/archive'
import type { LogEntry } from '@waybill/reconcile'
import { expect, onTestFinished, test } from 'vitest'
import {
  printSummary,
  reconcileSources,
  type ReconcileRequest,
  type ReconcileSummary,
} from '../../src/index.js'
import { arraySource, BEGIN, messageOf, MINUTE } from './array-source.js'

const HOUR = 60 * MINUTE
const source = arraySource(Array.from({ length: 1500 }, (_, index) => messageOf(index + 1)))

/** Thirty entries, a minute from each other, logged two hours later than their messages were sent. */
const shifted: readonly LogEntry[] = Array.from({ length: 30 }, (_, index) => ({
  entry: index + 1,
  at: BEGIN + (700 + index) * MINUTE - 1000 + 2 * HOUR,
  to: '+14155552671',
  text: `Message ${700 + index}`,
}))

async function summaryOf(request: ReconcileRequest): Promise<ReconcileSummary> {
  const reconciliation = await reconcileSources(request)
  reconciliation.close()
  return reconciliation.summary
}

test('a short log whose times are shifted is recognized by messages of an archive beyond its span', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-reconcile-'))
  const archive = await openArchive({ url: `sqlite:${join(folder, 'archive.db')}` })
  onTestFinished(async () => {
    await archive.close()
    await rm(folder, { recursive: true })
  })
  const poll = { minPollMs: 600_000, maxPollMs: 600_000, maxStalenessMs: 600_000 }
  const sync = createSync({ archive, sources: [{ id: 'shop', provider: source.upstream, poll }] })
  expect(await sync.once()).toMatchObject([{ isComplete: true }])
  await sync.close()
  const request = { entries: shifted, sources: [{ source, archive, withContent: true }] }

  const summary = await summaryOf(request)
  const shift = { seconds: -7200, entries: 30, from: shifted[0]?.at, to: shifted.at(-1)?.at }
  expect(summary.timeShifts).toEqual([shift])
  expect(summary.verdicts).toMatchObject({ MISSING_THERE: 30 })
  expect(JSON.parse(printSummary(summary))).toMatchObject({
    timeShifts: [
      { seconds: -7200, entries: 30, from: '2026-10-05T13:39:59.000Z', to: '2026-10-05T14:08:59.000Z' },
    ],
  })

  const right = shifted.map((entry) => ({ ...entry, at: (entry.at ?? 0) - 2 * HOUR }))
  expect(await summaryOf({ ...request, entries: right })).not.toHaveProperty('timeShifts')
  // What is not known beyond the span is not claimed.
  expect(await summaryOf({ ...request, maxMessages: 100 })).not.toHaveProperty('timeShifts')
  const masked = [{ source, archive, withContent: false }]
  expect(await summaryOf({ ...request, sources: masked })).not.toHaveProperty('timeShifts')
})

test('of a source that is read live, what was compared has to show the shift', async () => {
  const sources = [{ source, archive: null, withContent: true }]
  expect(await summaryOf({ entries: shifted, sources })).not.toHaveProperty('timeShifts')
  const long = Array.from({ length: 60 }, (_, index) => ({
    entry: index + 1,
    at: BEGIN + (100 + index * 20) * MINUTE + 2 * HOUR,
    to: '+14155552671',
    text: `Message ${100 + index * 20}`,
  }))
  expect(await summaryOf({ entries: long, sources })).toMatchObject({ timeShifts: [{ seconds: -7200 }] })
})
