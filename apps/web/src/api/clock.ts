import { computed, signal } from '@preact/signals'

/** A difference up to which the clock of this device counts as right, in milliseconds. */
const TOLERANCE_MS = 120_000

const offset = signal(0)

/** How much the server's clock is ahead of this device's, in milliseconds; 0 where they agree. */
export const clockOffset = computed(() => (Math.abs(offset.value) > TOLERANCE_MS ? offset.value : 0))

/** Compares both clocks, from the `Date` of a response that has just arrived. */
export function readServerClock(headers: Headers): void {
  const date = Date.parse(headers.get('date') ?? '')
  if (!Number.isNaN(date)) offset.value = date - Date.now()
}

/** The time now, by the server's clock where the two disagree: "today" must not depend on a wrong clock. */
export function now(): number {
  return Date.now() + clockOffset.value
}
