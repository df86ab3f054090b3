import type { MessageStatus } from '@waybill/core'
import fc from 'fast-check'
import type { DoubtReason } from '../../src/index.js'

/** What became of one message that was, or was not, sent. */
export type Fate =
  | 'arrived'
  /** It is in the log, and was never sent. */
  | 'never-sent'
  /** It was sent, and is not in the log. */
  | 'unlogged'
  /** It was sent once and is in the log twice. */
  | 'logged-twice'
  /** It is in the log once and was sent twice. */
  | 'sent-twice'
  | 'deleted'
  | 'edited'

/** What the log has of a message beside its time. */
export type LoggedBy = 'id' | 'id-alone' | 'whatsappId' | 'reference' | 'text'

/**
 * What the time of an entry that names an id is worth: `near` is within the window of its message, `far` is not, `none`
 * is not in the log. Other entries are always near.
 */
export type Timing = 'near' | 'far' | 'none'

export interface Send {
  readonly timing: Timing
  readonly pauseMs: number
  readonly delayMs: number
  readonly number: number
  /** The place of a text that others may have too; null: its own. */
  readonly text: number | null
  readonly fate: Fate
  readonly loggedBy: LoggedBy
  readonly source: number
  readonly status: MessageStatus | null
  readonly loggedStatus: MessageStatus | null
  /** How its text is written in log and history. */
  readonly spelling: number
}

export interface PlannedDoubt {
  /** Both as a share of the span of the whole. */
  readonly from: number
  readonly length: number
  readonly source: number
  readonly because: DoubtReason
  /** Whether messages of that span are really missing. */
  readonly hides: boolean
}

export interface PlannedSource {
  readonly listsNumber: boolean
  readonly listsWhatsappId: boolean
}

export interface WorldPlan {
  readonly sends: readonly Send[]
  readonly doubts: readonly PlannedDoubt[]
  readonly sources: readonly PlannedSource[]
  /** How much later than the last message the history was read, in milliseconds. */
  readonly ageMs: number
  /** Where a run is interrupted, as a share of everything that is read. */
  readonly interruptedAt: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND

const pauseMs = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 * SECOND }) },
  { weight: 4, arbitrary: fc.integer({ min: 20 * SECOND, max: 4 * MINUTE }) },
  { weight: 2, arbitrary: fc.integer({ min: 8 * MINUTE, max: 60 * MINUTE }) },
)

const delayMs = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 4 * SECOND }) },
  { weight: 2, arbitrary: fc.integer({ min: -2 * SECOND, max: 0 }) },
  { weight: 1, arbitrary: fc.integer({ min: 10 * SECOND, max: 9 * MINUTE }) },
)

const weighted = <T>(...choices: readonly (readonly [number, T])[]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

const send: fc.Arbitrary<Send> = fc.record({
  timing: weighted<Timing>([8, 'near'], [1, 'far'], [1, 'none']),
  pauseMs,
  delayMs,
  number: fc.integer({ min: 0, max: 4 }),
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }) },
  ),
  fate: weighted<Fate>(
    [24, 'arrived'],
    [2, 'never-sent'],
    [2, 'unlogged'],
    [1, 'logged-twice'],
    [1, 'sent-twice'],
    [1, 'deleted'],
    [1, 'edited'],
  ),
  loggedBy: weighted<LoggedBy>([3, 'text'], [1, 'id'], [1, 'id-alone'], [1, 'whatsappId'], [1, 'reference']),
  source: fc.integer({ min: 0, max: 1 }),
  status: weighted<MessageStatus | null>(
    [4, 'DELIVERED'],
    [2, 'READ'],
    [1, 'SENT'],
    [1, 'FAILED'],
    [1, null],
  ),
  loggedStatus: weighted<MessageStatus | null>([4, null], [2, 'SENT'], [2, 'DELIVERED'], [1, 'FAILED']),
  spelling: fc.integer({ min: 0, max: 4 }),
})

const doubt: fc.Arbitrary<PlannedDoubt> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.double({ min: 0, max: 0.3, noNaN: true }),
  source: fc.integer({ min: 0, max: 1 }),
  because: fc.constantFrom<DoubtReason>(
    'GAP',
    'UNPROVEN',
    'BUDGET',
    'SOURCE_FAILED',
    'NOT_SETTLED',
    'BEYOND_REACH',
    'FORBIDDEN',
  ),
  hides: fc.boolean(),
})

const source: fc.Arbitrary<PlannedSource> = fc.record({
  listsNumber: weighted([4, true], [1, false]),
  listsWhatsappId: weighted([3, true], [1, false]),
})

export const worldPlan: fc.Arbitrary<WorldPlan> = fc.record({
  sends: fc.array(send, { minLength: 1, maxLength: 30, size: 'max' }),
  doubts: fc.array(doubt, { maxLength: 2 }),
  sources: fc.tuple(source, source),
  ageMs: fc.oneof(
    fc.integer({ min: 0, max: 60 * MINUTE }),
    fc.integer({ min: 0, max: 7 * 24 * 60 * MINUTE }),
  ),
  interruptedAt: fc.double({ min: 0, max: 1, noNaN: true }),
})
