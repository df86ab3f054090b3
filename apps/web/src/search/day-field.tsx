import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Day, FIRST_DAY, isDay, LAST_DAY } from '../address/time-choice.js'
import { texts } from '../texts/texts.js'

/** Keys that change a part of a date, after which others may follow. */
const TYPED = /^(?:\d|Backspace|Delete|ArrowUp|ArrowDown)$/

export interface DayFieldProps {
  readonly label: string
  readonly day: Day | null
  readonly choose: (day: Day | null) => void
}

/**
 * A day that is typed or picked. While it is typed, every figure gives another valid date, the year 0002 among them: it is taken
 * when the field is left or Enter is pressed, and one that is picked at once. A field in use is never written to.
 */
export function DayField({ label, day, choose }: DayFieldProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  const isTyped = useRef(false)
  const [isRefused, setIsRefused] = useState(false)
  useEffect(() => {
    const field = input.current
    if (field === null || field === document.activeElement) return
    field.value = day ?? ''
    setIsRefused(false)
  }, [day])

  function take({ value, validity }: HTMLInputElement): void {
    isTyped.current = false
    const isEmpty = value === '' && !validity.badInput
    const isWrong = !isEmpty && !isDay(value)
    setIsRefused(isWrong)
    if (!isWrong && (value || null) !== day) choose(value || null)
  }

  return (
    <label class="field">
      <span>{label}</span>
      <input
        ref={input}
        type="date"
        min={FIRST_DAY}
        max={LAST_DAY}
        aria-invalid={isRefused}
        onKeyDown={({ key, altKey, currentTarget }) => {
          if (key === 'Enter') take(currentTarget)
          else if (!altKey && TYPED.test(key)) isTyped.current = true
        }}
        onChange={({ currentTarget }) => {
          if (!isTyped.current) take(currentTarget)
        }}
        onBlur={({ currentTarget }) => take(currentTarget)}
      />
      {isRefused && (
        <span class="refused" role="alert">
          {texts.search.noDay}
        </span>
      )}
    </label>
  )
}
