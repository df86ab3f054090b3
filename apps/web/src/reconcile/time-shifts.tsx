import type { JSX } from 'preact'
import { formatSeconds } from '../texts/duration.js'
import { formatSpan } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'
import type { ShownShift } from './read-shifts.js'

/** Why so many entries have no message, and what helps. */
export function TimeShifts({ shifts }: { readonly shifts: readonly ShownShift[] }): JSX.Element | null {
  if (shifts.length === 0) return null
  const { shifted, shiftRemedy } = reconcileTexts
  return (
    <div class="banner" role="note">
      {shifts.map((shift) => (
        <p key={shift.seconds}>
          {shifted(
            shift.entries,
            formatSeconds(Math.abs(shift.seconds)),
            shift.seconds > 0,
            formatSpan(shift),
          )}
        </p>
      ))}
      <p>{shiftRemedy}</p>
    </div>
  )
}
