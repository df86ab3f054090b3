import type { SourceWarning } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { beginReading, type Reading } from '../../../src/sync/page/reading.js'
import {
  beginPlan,
  endReconcile,
  nextReconcile,
  noteCount,
  noteSuspect,
  type ReconcilePlan,
} from '../../../src/sync/page/reconcile-plan.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START = 100 * DAY_MS

function loss(code: SourceWarning['code'], field: string | null = null): SourceWarning {
  return { code, message: 'Rows may be missing.', field, count: null }
}

interface Ended {
  readonly from: number
  readonly at: number
  readonly found?: number
  readonly losses?: readonly SourceWarning[]
  readonly isPlain?: boolean
}

function ended(
  plan: ReconcilePlan,
  { from, at, found = 0, losses = [], isPlain = false }: Ended,
): ReconcilePlan {
  const reading: Reading = { ...beginReading({ from, isPlain, begunAt: at, top: [] }, 0), found, losses }
  return endReconcile(plan, reading, undefined, at)
}

function filled(): ReconcilePlan {
  return ended(beginPlan(START), { from: 0, at: START, found: 500 })
}

function dueAt(plan: ReconcilePlan, hours: number): number | null {
  const now = START + hours * HOUR_MS
  const { from, at } = nextReconcile(plan, undefined, now)
  return at <= now ? Math.round((now - from) / DAY_MS) : null
}

/** More days than there are: everything. */
const everything = (hours: number): number => Math.round((START + hours * HOUR_MS) / DAY_MS)

describe('what is compared next', () => {
  it('is everything, at once, until that was done', () => {
    expect(nextReconcile(beginPlan(START), undefined, START)).toEqual({ from: 0, at: 0, isPlain: false })
  })

  it('is the last seven days every day, and everything every four weeks', () => {
    expect([0, 23, 24].map((hours) => dueAt(filled(), hours))).toEqual([null, null, 7])
    const later = ended(filled(), { from: START + 20 * DAY_MS, at: START + 27 * DAY_MS })
    expect([27 * 24 + 23, 28 * 24].map((hours) => dueAt(later, hours))).toEqual([null, everything(28 * 24)])
  })

  it('is everything every week where the source does not count', () => {
    const uncounted = noteCount(filled(), null, 500)
    const later = { ...uncounted, recentAt: START + 7 * DAY_MS - HOUR_MS }
    expect([6 * 24, 7 * 24].map((hours) => dueAt(later, hours))).toEqual([null, everything(7 * 24)])
  })

  it('is everything, some hours after the last time, where the count differs twice in a row', () => {
    const once = noteCount(filled(), 501, 500)
    expect(dueAt(once, 6)).toBeNull()
    expect(dueAt(noteCount(once, 500, 500), 6)).toBeNull()
    const twice = noteCount(once, 501, 500)
    expect([5, 6].map((hours) => dueAt(twice, hours))).toEqual([null, everything(6)])
  })

  it('is the suspect span, an hour after the last one, and ever later while that finds nothing', () => {
    let plan = filled()
    const waits: number[] = []
    let hours = 0
    for (let suspects = 0; suspects < 4; suspects += 1) {
      plan = noteSuspect(plan, { from: START - DAY_MS, at: START + hours * HOUR_MS })
      const begun = hours
      while (dueAt(plan, hours) === null) hours += 1
      waits.push(hours - begun)
      const { from } = nextReconcile(plan, undefined, START + hours * HOUR_MS)
      expect(from).toBe(START - DAY_MS)
      plan = ended(plan, { from, at: START + hours * HOUR_MS })
      expect(plan.suspect).toBeNull()
    }
    expect(waits).toEqual([1, 2, 4, 8])
    plan = noteSuspect(plan, { from: START - DAY_MS, at: START + hours * HOUR_MS })
    plan = ended(plan, { from: 0, at: START + hours * HOUR_MS, found: 1 })
    plan = noteSuspect(plan, { from: START - DAY_MS, at: START + hours * HOUR_MS })
    expect([0, 1].map((later) => dueAt(plan, hours + later))).toEqual([null, 2])
  })

  it('is everything where the suspect span lies further back than what is compared every day', () => {
    const plan = noteSuspect(filled(), { from: START - 30 * DAY_MS, at: START })
    expect([0, 1].map((hours) => dueAt(plan, hours))).toEqual([null, everything(1)])
  })

  it('is not put off for good by comparisons of less', () => {
    let plan = { ...noteSuspect(filled(), { from: 0, at: START }), idle: 5 }
    for (let hours = 24; dueAt(plan, hours) !== everything(hours); hours += 24) {
      expect(hours).toBeLessThanOrEqual(48)
      plan = {
        ...ended(plan, { from: START + (hours - 7 * 24) * HOUR_MS, at: START + hours * HOUR_MS }),
        idle: 5,
      }
    }
  })
})

describe('a comparison that was not certain', () => {
  it('is due again with what it compared, and clears no suspect span', () => {
    const suspected = noteSuspect(filled(), { from: START - HOUR_MS, at: START })
    const plan = ended(suspected, {
      from: START - 2 * HOUR_MS,
      at: START + HOUR_MS,
      found: 3,
      losses: [loss('PLACE_LOST')],
    })
    expect(plan.suspect?.from).toBe(START - 2 * HOUR_MS)
    expect([2, 3].map((hours) => dueAt(plan, hours))).toEqual([null, 0])
  })

  it('is made of the plain list where only the lists by direction were in doubt', () => {
    const ignored = ended(beginPlan(START), {
      from: 0,
      at: START,
      losses: [loss('DIRECTION_IGNORED', 'direction')],
    })
    expect(nextReconcile(ignored, undefined, START + HOUR_MS).isPlain).toBe(true)
    const plain = ended(ignored, { from: 0, at: START + HOUR_MS, isPlain: true })
    expect(plain.suspect).toBeNull()
    expect(nextReconcile(plain, undefined, START + 25 * HOUR_MS).isPlain).toBe(true)
    // Once a month the directions are tried again.
    expect(nextReconcile(plain, undefined, START + 30 * DAY_MS).isPlain).toBe(false)
    const other = ended(beginPlan(START), {
      from: 0,
      at: START,
      losses: [loss('DIRECTION_IGNORED', 'direction'), loss('PLACE_LOST')],
    })
    expect(nextReconcile(other, undefined, START + HOUR_MS).isPlain).toBe(false)
  })

  it('keeps a suspect span that was found while it ran', () => {
    const suspected = noteSuspect(filled(), { from: START, at: START + 2 * HOUR_MS })
    const reading: Reading = beginReading({ from: 0, isPlain: false, begunAt: START + HOUR_MS, top: [] }, 0)
    expect(endReconcile(suspected, reading, undefined, START + 3 * HOUR_MS).suspect).not.toBeNull()
  })
})
