import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Doubt,
  findTimeShifts,
  type HistoryMessage,
  type LogEntry,
  reconcileLog,
  type Summary,
  type TimeShift,
} from '../../src/index.js'
import { HOUR, MINUTE, NOON } from '../support/findings.js'
import { buildShiftedWorld, shift, type ShiftedWorld, shiftPlan } from './shifted-world.js'

const RUNS = {
  numRuns: Number(process.env['WAYBILL_SHIFTS'] ?? 80),
  seed: Number(process.env['WAYBILL_SEED'] ?? 1),
}
const DAY = 24 * HOUR

function shiftsIn(
  { entries, messages, read }: ShiftedWorld,
  doubts: readonly Doubt[] = [],
): Promise<readonly TimeShift[]> {
  return findTimeShifts({ entries, messages }, { doubts, read })
}

test('a log whose times are all wrong by the same shift shows exactly that shift', async () => {
  const plans = shiftPlan({ minLength: 100, maxLength: 150 }, { minLength: 0, maxLength: 1 })
  await fc.assert(
    fc.asyncProperty(plans, shift, async (plan, shiftMs) => {
      // What a shift of a day may be mistaken for can only be excluded where the log is longer.
      fc.pre(plan.spanMs > 3 * Math.abs(shiftMs) || Math.abs(shiftMs) <= 12 * HOUR)
      const world = buildShiftedWorld(plan, () => shiftMs)
      const shifts = await shiftsIn(world)
      expect(shifts.map(({ seconds }) => seconds)).toEqual([shiftMs / 1000])
      // A series of which all but one message is lost is a message of its own.
      const most = plan.series.length === 0 ? world.arrived : world.entries.length
      expect(shifts[0]?.entries).toBeLessThanOrEqual(most)
    }),
    RUNS,
  )
})

test('a log whose times are right shows no shift', async () => {
  const plans = shiftPlan({ minLength: 5, maxLength: 80 }, { minLength: 0, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      expect(await shiftsIn(buildShiftedWorld(plan, () => 0))).toEqual([])
    }),
    RUNS,
  )
})

test('what is sent every day, or every hour, shows no shift, whatever is missing of it and however it is shifted', async () => {
  const plans = shiftPlan({ minLength: 0, maxLength: 0 }, { minLength: 5, maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(plans, fc.oneof(fc.constant(0), shift), async (plan, shiftMs) => {
      fc.pre(plan.spanMs > 4 * HOUR)
      const world = buildShiftedWorld(plan, () => shiftMs)
      fc.pre(world.entries.length > 0)
      expect(await shiftsIn(world)).toEqual([])
    }),
    RUNS,
  )
})

/** Messages of their own, one every so often, each logged at another time than it was sent. */
function regular(count: number, everyMs: number, loggedAt: (sentAt: number) => number): ShiftedWorld {
  const times = Array.from({ length: count }, (_, index) => NOON + index * everyMs)
  const to = '+4930123456'
  const entries: LogEntry[] = times.map((time, index) => ({
    entry: index + 1,
    at: loggedAt(time),
    to,
    text: `Order ${index}`,
  }))
  const messages: HistoryMessage[] = times.map((time, index) => ({
    id: String(index),
    source: 'shop',
    upstreamId: String(index),
    whatsappId: null,
    direction: 'OUTBOUND',
    status: 'READ',
    to,
    text: `Order ${index}`,
    sentAt: time + 2000,
  }))
  const read = { from: NOON - 3 * DAY, to: NOON + count * everyMs + 3 * DAY }
  return { entries, messages, read, arrived: count }
}

test('a log whose clock was changed shows both shifts, with the part of the log that has each', async () => {
  const change = NOON + 20 * DAY
  const world = regular(600, 2 * HOUR, (time) => time + (time < change ? HOUR : 2 * HOUR))
  const shifts = await shiftsIn(world)
  expect(shifts.map(({ seconds }) => seconds)).toEqual([-7200, -3600])
  expect(shifts[0]?.from).toBeGreaterThanOrEqual(change)
  expect(shifts[1]?.to).toBeLessThan(change + DAY)
  expect(shifts.reduce((sum, { entries }) => sum + entries, 0)).toBeGreaterThan(570)
})

test('a summer whose hour was forgotten is found in a log that is right in winter', async () => {
  const [begin, end] = [NOON + 40 * DAY, NOON + 50 * DAY]
  const world = regular(600, 3 * HOUR, (time) => (time < begin || time > end ? time : time + HOUR))
  const shifts = await shiftsIn(world)
  expect(shifts.map(({ seconds }) => seconds)).toEqual([-3600])
  expect(shifts[0]?.from).toBeGreaterThan(begin)
  expect(shifts[0]?.to).toBeLessThan(end + DAY)
})

test('where the history proves nothing, at the logged time or around the message, no shift is claimed', async () => {
  const world = regular(40, 10 * MINUTE, (time) => time + 2 * HOUR)
  expect(await shiftsIn(world)).toMatchObject([{ seconds: -7200, entries: 40 }])
  const gap = { source: 'other', because: 'GAP', from: NOON, to: NOON + 7 * HOUR } as const
  expect(await shiftsIn(world, [{ ...gap, from: NOON - 2 * HOUR, to: NOON + 5 * HOUR }])).toEqual([])
  expect(await shiftsIn(world, [{ ...gap, from: NOON + 4 * HOUR, to: NOON + 9 * HOUR }])).toMatchObject([
    { entries: expect.toSatisfy((entries: number) => entries > 4 && entries < 20) as number },
  ])
  const narrow = { ...world, read: { from: NOON, to: NOON + 9 * HOUR } }
  expect((await shiftsIn(narrow))[0]?.entries).toBeLessThan(40)
})

test('what was sent late at once is no shift, nor is what lies outside of the judged span', async () => {
  const burst = regular(300, 100, (time) => time - 2 * HOUR)
  expect(await shiftsIn(burst)).toEqual([])
  const { entries, messages, read } = regular(40, 10 * MINUTE, (time) => time + 2 * HOUR)
  const until = NOON + HOUR
  expect(await findTimeShifts({ entries, messages }, { doubts: [], read, until })).toEqual([])
})

test('reminders whose first day was logged and not sent are no shift of a day', async () => {
  const days = [0, 1, 2, 3]
  const { messages } = regular(20, HOUR, (time) => time)
  const entries = messages.map(({ to, text, sentAt }, index) => ({ entry: index + 1, at: sentAt, to, text }))
  const later = days
    .slice(1)
    .flatMap((day) => messages.map((each) => ({ ...each, sentAt: each.sentAt + day * DAY })))
  const read = { from: NOON - 26 * HOUR, to: NOON + 46 * HOUR }
  const seen = later.filter(({ sentAt }) => sentAt <= read.to)
  expect(await findTimeShifts({ entries, messages: seen }, { doubts: [], read })).toEqual([])
})

test('of more messages than are held, a part shows the shift', async () => {
  const world = regular(60_000, 500, (time) => time - 5.5 * HOUR)
  const [shifts, again] = [await shiftsIn(world), await shiftsIn(world)]
  expect(shifts).toMatchObject([{ seconds: 5.5 * 3600 }])
  expect(shifts[0]?.entries).toBeGreaterThan(10_000)
  expect(again).toEqual(shifts)
})

test('a shift changes no finding, and a right log has none in its summary', async () => {
  const { entries, messages } = regular(30, 10 * MINUTE, (time) => time + 2 * HOUR)
  const history = {
    messages: async function* ({ from, to }: { from: number; to: number }) {
      yield* messages.filter(({ sentAt }) => sentAt >= from && sentAt <= to)
    },
    doubts: async () => [],
  }
  const summaryOf = async (log: readonly LogEntry[]): Promise<Summary> => {
    const answers = reconcileLog(() => log, history, { now: NOON + 9 * DAY })
    for (;;) {
      const next = await answers.next()
      if (next.done === true) return next.value
    }
  }
  const summary = await summaryOf(entries)
  expect(summary).toMatchObject({ verdicts: { MISSING_THERE: 30, MISSING_HERE: 18 } })
  expect(summary.timeShifts).toEqual([
    { seconds: -7200, entries: 30, from: entries[0]?.at, to: entries.at(-1)?.at },
  ])
  const right = await summaryOf(
    messages.map(({ to, text, sentAt }, index) => ({ entry: index + 1, at: sentAt, to, text })),
  )
  expect(right).toEqual({ entries: 30, unclaimed: 0, verdicts: { MATCHED: 30 }, matchedFailed: 0 })
})
