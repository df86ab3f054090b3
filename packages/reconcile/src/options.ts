import { type TimeRange, WaybillError } from '@waybill/core'
import type { DoubtReason, OpenRange } from './finding.js'
import type { HistoryMessage } from './history-message.js'

/** A span of one source's history that proves nothing, and why. */
export interface Doubt extends OpenRange {
  readonly source: string
  readonly because: DoubtReason
}

/** How far a message's time may lie from the entry's for number and text to match. */
export interface MatchWindow {
  /** How much earlier, in milliseconds. Default: 2 minutes. */
  readonly beforeMs: number
  /** How much later, in milliseconds. Default: 10 minutes. */
  readonly afterMs: number
}

/** How a log is reconciled. */
export interface ReconcileOptions {
  /**
   * The time that ages are counted from, in milliseconds since the epoch. To have the same findings again, give the
   * same: the time of the archive's last sync, for example.
   */
  readonly now: number
  /** Where the history may be incomplete. What no doubt touches is taken to be complete. */
  readonly doubts: readonly Doubt[]
  readonly window?: Partial<MatchWindow> | undefined
  /** How old a message is whose status should be final, in milliseconds. Default: 72 hours. */
  readonly finalAfterMs?: number | undefined
  /** The beginning of the span that is judged; null or absent: everything that is given. */
  readonly since?: number | null | undefined
  /** The end of the span that is judged, itself included; null or absent: everything that is given. */
  readonly until?: number | null | undefined
  /**
   * The time of the first and of the last entry of the log. Where `since` or `until` is not given, a message whose entry may
   * lie beyond is MISSING_HERE with the confidence SUGGESTED. Default: the log has every time.
   */
  readonly logged?: TimeRange | undefined
  /** Messages outside of their entry's window, by the entry's place: what `findDisplaced` returns. */
  readonly displaced?: ReadonlyMap<number, HistoryMessage> | undefined
  /**
   * How many entries and messages with one number and one text may hang together in time before they are given up
   * (CANNOT_TELL, BUDGET). Only what cannot be divided counts. Default: 4096.
   */
  readonly maxGroup?: number | undefined
}

/** {@link ReconcileOptions} with all defaults. */
export interface Settings {
  readonly now: number
  readonly doubts: readonly Doubt[]
  readonly window: MatchWindow
  readonly finalAfterMs: number
  readonly since: number | null
  readonly until: number | null
  readonly logged: TimeRange | null
  readonly displaced: ReadonlyMap<number, HistoryMessage>
  readonly maxGroup: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Longer windows make sums of distances that are no exact numbers any more. */
const LONGEST_WINDOW = 7 * 24 * HOUR

/**
 * Fills in the defaults.
 *
 * @throws WaybillError BAD_USER_INPUT for figures that are negative, no whole numbers, or too large.
 */
export function readOptions(options: ReconcileOptions): Settings {
  const window = {
    beforeMs: options.window?.beforeMs ?? 2 * MINUTE,
    afterMs: options.window?.afterMs ?? 10 * MINUTE,
  }
  const finalAfterMs = options.finalAfterMs ?? 72 * HOUR
  const maxGroup = options.maxGroup ?? 4096
  check('window.beforeMs', window.beforeMs, 0, LONGEST_WINDOW)
  check('window.afterMs', window.afterMs, 0, LONGEST_WINDOW)
  check('finalAfterMs', finalAfterMs, 0, Number.MAX_SAFE_INTEGER)
  check('maxGroup', maxGroup, 2, 4096)
  check('now', options.now, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  const since = options.since ?? null
  const until = options.until ?? null
  if (since !== null && until !== null && since > until)
    throw new WaybillError('BAD_USER_INPUT', '"since" is later than "until": exchange them.')
  return {
    now: options.now,
    doubts: options.doubts,
    window,
    finalAfterMs,
    since,
    until,
    logged: options.logged ?? null,
    displaced: options.displaced ?? new Map(),
    maxGroup,
  }
}

function check(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return
  throw new WaybillError(
    'BAD_USER_INPUT',
    `"${name}" is ${value}: give a whole number from ${least} to ${most}.`,
  )
}
