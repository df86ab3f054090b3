import type { PassRow } from './boundary.js'

/** Whether a pass has to begin again, as a plain value. */
export interface Rounds {
  /** How often it has begun again. */
  readonly begunAgain: number
  /** Whether any row had news so far. Where none has, a doubt is about nothing. */
  readonly hasNews: boolean
  /** Whether this time the reader was in doubt, or rows may have changed places. */
  readonly isShaky: boolean
  /** How many rows of the list under way came this time, and whether any of them had come before. */
  readonly rows: number
  readonly hasMetAgain: boolean
}

export const FIRST_ROUND: Rounds = {
  begunAgain: 0,
  hasNews: false,
  isShaky: false,
  rows: 0,
  hasMetAgain: false,
}

/** What is still uncertain then is left to the next pass, and to a sweep. */
const MOST_BEGUN_AGAIN = 2

/** Whether something may have been missed. */
export function isUncertain({ hasNews, isShaky }: Rounds): boolean {
  return hasNews && isShaky
}

/** Goes on with the next list. */
export function nextListOf(rounds: Rounds): Rounds {
  return { ...rounds, rows: 0, hasMetAgain: false }
}

/** Begins again with the first list; null when that was done often enough. */
export function nextRound({ begunAgain, hasNews }: Rounds): Rounds | null {
  return begunAgain < MOST_BEGUN_AGAIN ? { ...FIRST_ROUND, begunAgain: begunAgain + 1, hasNews } : null
}

/**
 * Goes on by rows of a list. Rows that an update in bulk gave one time may be listed in another order with every page, and
 * then some are met twice and others never. All that stands on the first page was there at one instant. So there may be
 * others like it where a row with news stands behind that page, or behind one that came before. A time that is told is the
 * reader's to watch.
 *
 * @param pageSize how many rows the first page has
 */
export function seeRound(
  rounds: Rounds,
  rows: readonly PassRow[],
  isTimeTold: boolean,
  pageSize: number,
): Rounds {
  let { hasNews, isShaky, hasMetAgain } = rounds
  for (const [nth, { news, age }] of rows.entries()) {
    if (news !== 'same') hasNews = true
    if (news === 'same' && age === 'own' && rounds.begunAgain > 0) hasMetAgain = true
    const mayHaveMoved = hasMetAgain || rounds.rows + nth >= pageSize
    if (news === 'changed' && !isTimeTold && mayHaveMoved) isShaky = true
  }
  return { ...rounds, hasNews, isShaky, hasMetAgain, rows: rounds.rows + rows.length }
}
