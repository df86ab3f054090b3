import type { PassRow } from './boundary.js'

/** Whether a pass has to begin again, as a plain value. */
export interface Rounds {
  /** How often it has begun again. */
  readonly begunAgain: number
  /** Whether this time it may have missed something. */
  readonly isUncertain: boolean
  /** How many rows of the list under way came this time, and whether any of them had come before. */
  readonly rows: number
  readonly hasMetAgain: boolean
}

export const FIRST_ROUND: Rounds = { begunAgain: 0, isUncertain: false, rows: 0, hasMetAgain: false }

/** What is still uncertain then is left to the next pass, and to a sweep. */
const MOST_BEGUN_AGAIN = 2

/** Goes on with the next list. */
export function nextListOf(rounds: Rounds): Rounds {
  return { ...rounds, rows: 0, hasMetAgain: false }
}

/** Begins again with the first list; null when that was done often enough. */
export function nextRound({ begunAgain }: Rounds): Rounds | null {
  return begunAgain < MOST_BEGUN_AGAIN ? { ...FIRST_ROUND, begunAgain: begunAgain + 1 } : null
}

/**
 * Goes on by rows of a list whose order is not told. Rows that an update in bulk gave one time may be listed in another
 * order with every page, and then some are met twice and others never. All that stands on the first page was there at one
 * instant. So there may be others like it where a row with news stands behind that page, or behind one that came before.
 *
 * @param pageSize how many rows the first page has
 */
export function seeRound(rounds: Rounds, rows: readonly PassRow[], pageSize: number): Rounds {
  let { isUncertain, hasMetAgain } = rounds
  for (const [nth, { news, age }] of rows.entries()) {
    if (news === 'same' && age === 'own' && rounds.begunAgain > 0) hasMetAgain = true
    if (news === 'changed' && (hasMetAgain || rounds.rows + nth >= pageSize)) isUncertain = true
  }
  return { ...rounds, isUncertain, hasMetAgain, rows: rounds.rows + rows.length }
}
