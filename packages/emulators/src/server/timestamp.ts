/** `seconds`: `…56Z`. `microseconds`: `…56.000000Z`, as Laravel prints. `offset`: `…56+00:00`. */
export type TimestampFormat = 'seconds' | 'microseconds' | 'offset'

const ENDINGS: Readonly<Record<TimestampFormat, string>> = {
  seconds: 'Z',
  microseconds: '.000000Z',
  offset: '+00:00',
}

/** ISO 8601 in UTC, whole seconds. */
export function formatTimestamp(time: number, format: TimestampFormat = 'seconds'): string {
  return new Date(time).toISOString().slice(0, 19) + ENDINGS[format]
}
