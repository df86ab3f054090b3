import type { DoubtReason, Verdict } from './finding.js'

/** What each verdict means, in a sentence. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  MATCHED: 'The message is in the history and agrees with the entry.',
  STATUS_DIFFERS: 'The message has an earlier status than the log says, or a different final one.',
  FIELD_DIFFERS: 'An identifier matches, and another field differs: see `reasons`.',
  DUPLICATE_HERE: 'An earlier entry has claimed the message.',
  DUPLICATE_THERE: 'About a message: the history has a logged message more than once.',
  AMBIGUOUS: 'Assignments that are equally good lead to different verdicts: see `candidates`.',
  MISSING_THERE:
    'The history has no such message. In the whole window of the entry it is covered (known to be complete), proven (compared with the source), and settled (no message of that time can still arrive).',
  MISSING_HERE: 'About a message: no entry claims it.',
  PENDING: 'The message is in the history. Its status is not final, and the message is recent.',
  STALE: 'The message is in the history. Its status is not final, but should be final by now.',
  DELETED_THERE: 'The message was deleted.',
  OUTSIDE: 'The entry is not in the span that is judged.',
  CANNOT_TELL: 'It cannot be known; see `because` and `span`.',
}

/** What each reason means, in a sentence. */
export const DOUBT_MEANINGS: Readonly<Record<DoubtReason, string>> = {
  FORBIDDEN: 'The caller may not read the fields that decide.',
  SOURCE_FAILED: 'The source could not be read.',
  BEYOND_REACH: 'The history does not go back so far.',
  GAP: 'The history is known to be incomplete there.',
  UNPROVEN: 'The history was not compared with the source there, or contradicts itself.',
  NOT_TOLD: 'A message may belong to the entry, but its source does not list the field that decides.',
  BUDGET: 'Reading ended at a limit, or too many equal messages compete.',
  NOT_SETTLED: 'Messages of that time may still arrive.',
}
