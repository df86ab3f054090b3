const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/**
 * How many rows a poll reads: one less than a page, so that the reader need not look whether the list ends with it.
 * With more, a quiet poll costs two requests.
 */
export const HEAD_ROWS = 99

/**
 * So many rows of the last poll in a row prove that a poll has come to what was there then. What is new stands in front of
 * those, but a few may share a time with them, and then stand among them. With one, such a row would be missed.
 */
export const OVERLAP_ROWS = 25

/** How many rows are known for that, and for the end of a pass: a second may have more than a page of them, in another order each time. */
export const MOST_KNOWN = 500

/** How often a poll reads on for the directions of its new rows, which another order of two lists may hold back. */
export const LABEL_READINGS = 3

/** Requests that a reading by direction takes at least: a page of each, and to make sure of them. */
export const FEWEST_REQUESTS = 4

/** What a poll mostly costs where something happens, for the plan of the next one: two heads, and one by direction. */
export const REQUESTS_A_POLL = 3

/** How many rows of the list of what changed last are read in a step. */
export const CHANGES_ROWS = 99

/** And for how many requests at most: where a place cannot be read with certainty, a hint is not worth more. */
export const CHANGES_REQUESTS = 12

/**
 * So many rows of the last pass in a row, looking as they did, end a pass over what changed: what was touched since stands
 * in front of them. With a few, messages that were touched in the order in which they stood would end it.
 */
export const UNTOUCHED_ROWS = 25

/**
 * Where all rows of the last pass were touched since, so many rows in a row end it that are stored as they are since before
 * that pass. With 50, what an upstream touches in bulk without a change hides what changed before it until the night.
 */
export const UNCHANGED_ROWS = 1000

/** A pass over what changed goes no further: from there on, reading everything again costs no more and is certain. */
export const MOST_CHANGES_ROWS = 5000

/** How many rows a step of a comparison reads: five pages, so that little is read again when it is interrupted. */
export const RECONCILE_ROWS = 500

/**
 * How often a pass is done over the same changes, as long as it meets some behind its first page: with one, what changed
 * its place while it was read is seen at night.
 */
export const MOST_SCANS = 3

/** A comparison that gets no further in so many steps ends there, uncertain, and is due again: with one, a spent budget would end it. */
export const MOST_STUCK = 3

/**
 * After so many requests in a row without a row, a reading reports an error, and goes on a little at each retry. A range
 * of a list in no order may lie behind a million other messages, which are as many pages; an upstream that says for ever
 * that something follows would be asked for ever. Test: barren-list.
 */
export const MOST_BARREN = 10_000

/** And a pass over what changed ends after so many. */
export const MOST_BARREN_CHANGES = 100

/** What such a step mostly costs: five pages, and what they have in common. */
export const RECONCILE_REQUESTS = 8

/** Where more messages than that lie within the skew of one another, their absence is not looked for: a step's state is kept small. */
export const MOST_BELOW = 20_000

/** The last comparison that found nothing to be wrong lies back at least so far when a suspect span is compared again. */
export const SUSPECT_AFTER_MS: number = HOUR_MS

/** And so far where only the count differs: it takes a comparison of everything. */
export const MISCOUNT_AFTER_MS: number = 6 * HOUR_MS

/** Each comparison that found nothing, or warned, doubles that wait, up to this: a source that always miscounts is not read without end. */
export const LONGEST_WAIT_MS: number = 7 * DAY_MS

/** One count that differs may be a message that came between the count and the list. */
export const CERTAIN_MISCOUNTS = 2

/** A status changes for seven days after a message was sent, so a night's comparison meets every change that there can be. */
export const RECENT_MS: number = 7 * DAY_MS
export const RECENT_EVERY_MS: number = DAY_MS

/** Nothing tells of what was deleted or imported deep in the past while the count stays the same. */
export const ALL_EVERY_MS: number = 28 * DAY_MS

/** Where the source does not count, nothing tells of it at all: everything is compared so much more often. */
export const UNCOUNTED_TIMES = 4
