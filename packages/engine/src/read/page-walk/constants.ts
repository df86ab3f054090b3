/**
 * Every tuned constant of the walk, each with its reason and a test that fails when it is taken away or set to an
 * extreme. A number that is not here follows from these or from what the source declares.
 */

// How many rows consecutive pages share.

/** One row above the last one tells that nothing slipped between. Test: walk/constants. */
export const BASE_OVERLAP = 2
/** Used once rows were seen out of the order of `sentAt`, since equal hidden keys may be reshuffled. Test: hidden-ties. */
export const HIDDEN_KEY_OVERLAP = 4
/** Used where `sentAt` says nothing about the order, as under a sort by `updatedAt`. Test: model/moving. */
export const MOVING_KEY_OVERLAP = 12
/** Most rows that are taken to share a sort key that does not show in `sentAt`. Test: walk/walk. */
export const MAX_HIDDEN_TIES = 12
/** How many places tell what overlap the next ones will call for: enough to meet every kind of place. Test: walk/walk. */
export const LAST_PLACES = 100
/** Most rows that pages share beyond that, learned from how fast the table shrinks. Test: walk/constants. */
export const MAX_MARGIN = 8

// How many rows are remembered of what was read.

/** Fewest rows before a place, so that it is found again when its neighbours are deleted. Test: walk/walk. */
export const MIN_TRAIL = 16
/** Most rows before a place where their times are not known any more. Without a test: it bounds a cursor. */
export const MAX_TRAIL = 300
/** Most rows of a group of equal times; what a cursor can hold. Test: many-ties. */
export const MAX_TIED_TRAIL = 1000
/** Fewest rows behind a place. Test: any-table, with none at all. */
export const MIN_FOLLOWERS = 8
/** How many rows a walk matches pages against: what any position may remember, and a page. Test: walk/constants. */
export const MAX_LOG: number = MAX_TIED_TRAIL + 100

// How a page of unknown size is judged.

/** No server is taken to cut pages to fewer rows, so a shorter page that was asked for tells the end. Test: last-page. */
export const SMALLEST_CAP = 10
/** How many of the first rows of a short page are looked for when it is asked for again: some may be gone, or have changed places. Test: walk/walk. */
export const LOOKED_FOR_AGAIN = 5
/** How many empty pages are passed over while the figures tell of more rows. Test: lying-figures, with many. */
export const MAX_EMPTY_PAGES = 2
/** How many pages in a row have to list rows that the total does not count: one may have come between. Test: lying-figures. */
export const MAX_UNDERCOUNTS = 3
/** How often the same rows may come for another page number before the source is said to pass it over. Test: lying-cases. */
export const MAX_REPEATS = 2
/** Pages that begin so many rows apart are not brought together by the few rows that come or go at once. Test: model/counterexamples. */
export const FAR_ROWS = 30
/** The part of a page's rows that another page number brings again, to call it the same page. With all, equal times that change places hide it. Test: walk/constants. */
export const REPEATED_SHARE: number = 3 / 4
/** The part of a page's rows that have to be out of order for the sort to be passed over, not single rows. Without a test: the border between two warnings. */
export const DISORDERED_SHARE: number = 1 / 4
/** Fewer rows than this say nothing about the order of a page. Test: false-alarms, lying-cases. */
export const FEWEST_TO_JUDGE = 8
/** So many rows of a page in just the opposite order are no chance, one in 720. Test: lying-cases. */
export const FEWEST_REVERSED = 6

// How long a place is looked for.

/** Most requests for one place of a list that keeps changing; then it is given up. Test: all-gone. */
export const MAX_TRIES = 48
/** A place behind so many rows is given up: the list has no end, as where every page number gives some rows. Test: walk/constants. */
export const LONGEST_LIST: number = 2 ** 31
/** How many pages at the right place are tried before the place is given up as not provable. Test: walk/walk. */
export const PATIENCE = 8
/** How often a step may pass over rows that were read before, on trust that they still exist. Test: cost-moving. */
export const FAR_STEPS = 3
/** How many pages are looked at on either side of the old place where times do not tell it. Test: all-gone. */
export const BLIND_REACH = 4
/** How many rows above the place a page begins that should show both sides of it. Test: all-gone. */
export const LEAD = 2
