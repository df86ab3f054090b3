import type { TimeRange } from '@waybill/core'
import fc from 'fast-check'
import type { HistoryMessage, LogEntry } from '../../src/index.js'
import { HOUR, MINUTE, NOON } from '../support/findings.js'

const DAY = 24 * HOUR
const REACH = 26 * HOUR

/** A message of its own: nobody gets the same text at another time. */
interface SingleSend {
  /** When, within its part of the span of the log: all have equal ones, one after the other. */
  readonly at: number
  readonly delayMs: number
  readonly fate: 'arrived' | 'never-sent' | 'unlogged' | 'late'
}

/** The same text to the same person, again and again, before the log and after it too. */
interface Series {
  readonly everyMs: number
  readonly phase: number
  readonly delayMs: number
}

export interface ShiftPlan {
  readonly spanMs: number
  readonly singles: readonly SingleSend[]
  readonly series: readonly Series[]
  /** Parts of the span, as shares of it, of which the log or the history has nothing of the series. */
  readonly lostLog: TimeRange
  readonly lostSends: TimeRange
}

export interface ShiftedWorld {
  readonly entries: readonly LogEntry[]
  readonly messages: readonly HistoryMessage[]
  /** The span that the messages are from: that of the log and 26 hours around it. */
  readonly read: TimeRange
  /** How many singles are in the log and in the history at their times. */
  readonly arrived: number
}

const share: fc.Arbitrary<number> = fc.double({ min: 0, max: 1, noNaN: true })
const delay: fc.Arbitrary<number> = fc.integer({ min: 0, max: 9 * MINUTE })

const single: fc.Arbitrary<SingleSend> = fc.record({
  at: share,
  delayMs: delay,
  fate: fc.oneof(
    { weight: 9, arbitrary: fc.constant('arrived' as const) },
    { weight: 1, arbitrary: fc.constantFrom('never-sent', 'unlogged', 'late') },
  ),
})

const series: fc.Arbitrary<Series> = fc.record({
  everyMs: fc.constantFrom(HOUR, 12 * HOUR, DAY),
  phase: share,
  delayMs: fc.integer({ min: 0, max: MINUTE }),
})

const part: fc.Arbitrary<TimeRange> = fc
  .tuple(share, fc.double({ min: 0, max: 0.4, noNaN: true }))
  .map(([from, length]) => ({ from, to: from + length }))

/** @param singles - how many messages of their own there are, and @param repeated - how many series. */
export function shiftPlan(
  singles: { readonly minLength: number; readonly maxLength: number },
  repeated: { readonly minLength: number; readonly maxLength: number },
): fc.Arbitrary<ShiftPlan> {
  return fc.record({
    spanMs: fc.oneof(fc.integer({ min: 2 * HOUR, max: DAY }), fc.integer({ min: DAY, max: 20 * DAY })),
    singles: fc.array(single, singles),
    series: fc.array(series, repeated),
    lostLog: part,
    lostSends: part,
  })
}

/** A quarter of an hour up to 26 hours, in either direction. */
export const shift: fc.Arbitrary<number> = fc
  .integer({ min: 1, max: 104 })
  .chain((quarters) => fc.constantFrom(quarters, -quarters))
  .map((quarters) => quarters * 15 * MINUTE)

/** @param shiftOf - how much later than logged a message is sent, beside its delay, by its true time. */
export function buildShiftedWorld(plan: ShiftPlan, shiftOf: (time: number) => number): ShiftedWorld {
  const begin = NOON
  const end = NOON + plan.spanMs
  const entries: LogEntry[] = []
  const messages: HistoryMessage[] = []
  const add = (
    time: number,
    delayMs: number,
    number: string,
    text: string,
    isLogged: boolean,
    isSent: boolean,
  ): void => {
    if (isLogged) entries.push({ entry: entries.length + 1, at: time - shiftOf(time), to: number, text })
    if (isSent) messages.push(messageOf(messages.length, time + delayMs, number, text))
  }
  let arrived = 0
  for (const [index, { at, delayMs, fate }] of plan.singles.entries()) {
    const time = begin + Math.round(((index + at) / plan.singles.length) * plan.spanMs)
    if (fate === 'arrived') arrived += 1
    const late = fate === 'late' ? 11 * MINUTE + index * 7 * MINUTE : 0
    add(
      time,
      delayMs + late,
      `+4915100${1000 + (index % 7)}`,
      `Order ${index}`,
      fate !== 'unlogged',
      fate !== 'never-sent',
    )
  }
  for (const [index, { everyMs, phase, delayMs }] of plan.series.entries()) {
    const first = begin - 3 * DAY + Math.round(phase * everyMs)
    for (let time = first; time < end + 3 * DAY; time += everyMs) {
      const place = (time - begin) / plan.spanMs
      const isIn = ({ from, to }: TimeRange): boolean => place >= from && place <= to
      const isLogged = time >= begin && time <= end && !isIn(plan.lostLog)
      add(time, delayMs, `+4915200${1000 + index}`, 'Everything is well', isLogged, !isIn(plan.lostSends))
    }
  }
  entries.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
  const times = entries.map(({ at }) => at ?? 0)
  const read = { from: Math.min(...times) - REACH - 2 * MINUTE, to: Math.max(...times) + REACH + 10 * MINUTE }
  return {
    entries,
    messages: messages
      .filter(({ sentAt }) => sentAt >= read.from && sentAt <= read.to)
      .toSorted((a, b) => a.sentAt - b.sentAt),
    read,
    arrived,
  }
}

function messageOf(index: number, sentAt: number, to: string, text: string): HistoryMessage {
  return {
    id: `m${index}`,
    source: 'shop',
    upstreamId: String(index),
    whatsappId: null,
    direction: 'OUTBOUND',
    status: 'DELIVERED',
    to,
    text,
    sentAt,
  }
}
