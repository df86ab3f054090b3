import { dayOf, isDay } from '../address/time-choice.js'
import { formatMoment, formatSpan } from '../texts/format.js'
import { texts } from '../texts/texts.js'

/** A span of the history of a source: `28 Nov 2026, 14:05 – 15:00`; `from the beginning to …` where the history has no earlier part. */
export function spanInWords(span: { readonly from: string | number; readonly to: string | number }): string {
  return isDay(dayOf(new Date(span.from)))
    ? formatSpan(span)
    : texts.sources.fromBeginning(formatMoment(span.to))
}
