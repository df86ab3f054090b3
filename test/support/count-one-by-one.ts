/** What a message is counted by. */
interface Counted {
  readonly sentAt: number
  readonly status: string | null
  readonly type: string | null
  readonly direction: string | null
  readonly failure: { readonly code: string | null } | null
}

/** Messages that agree in all that they are counted by; null for what they are not counted by. */
interface Group extends Omit<Counted, 'sentAt' | 'failure'> {
  readonly count: number
  readonly period: number | null
  readonly failureCode: string | null
}

const MINUTE_MS = 60_000

/** Counts messages in groups in the plainest way: what the clocks of the zone show is asked for each message by itself. */
export function countOneByOne(
  messages: readonly Counted[],
  by: readonly string[],
  timeZone: string,
): Group[] {
  const groups = new Map<string, Group>()
  const clocks = clocksOf(timeZone)
  for (const message of messages) {
    const group = {
      period: by.includes('HOUR')
        ? clocks.begin(message.sentAt, 'hour')
        : by.includes('DAY')
          ? clocks.begin(message.sentAt, 'day')
          : null,
      status: by.includes('STATUS') ? message.status : null,
      type: by.includes('TYPE') ? message.type : null,
      direction: by.includes('DIRECTION') ? message.direction : null,
      failureCode: by.includes('FAILURE_CODE') ? (message.failure?.code ?? null) : null,
    }
    const key = JSON.stringify(group)
    groups.set(key, { ...group, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return sortedGroups([...groups.values()])
}

/** In one order, whichever they came in, and without anything else. */
export function sortedGroups(groups: readonly Group[]): Group[] {
  const keyOf = ({ count, period, status, type, direction, failureCode }: Group): string =>
    JSON.stringify([period, status, type, direction, failureCode, count])
  return groups
    .map(({ count, period, status, type, direction, failureCode }) => ({
      period,
      status,
      type,
      direction,
      failureCode,
      count,
    }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

interface Clocks {
  begin(time: number, unit: 'day' | 'hour'): number
}

const allClocks = new Map<string, Clocks>()

function clocksOf(timeZone: string): Clocks {
  const clocks = allClocks.get(timeZone) ?? createClocks(timeZone)
  allClocks.set(timeZone, clocks)
  return clocks
}

function createClocks(timeZone: string): Clocks {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  })
  const shown = (time: number, unit: 'day' | 'hour'): string => {
    const parts = format.formatToParts(time)
    return parts
      .filter(({ type }) => unit === 'hour' || (type !== 'hour' && type !== 'timeZoneName'))
      .map(({ value }) => value)
      .join(' ')
  }
  const known = new Map<string, number>()
  return {
    /** Goes back while the clocks show the same day or hour, and then looks closer at what is before. */
    begin(time, unit) {
      const name = `${unit} ${shown(time, unit)}`
      const found = known.get(name)
      if (found !== undefined) return found
      let first = time
      for (const step of [15 * MINUTE_MS, MINUTE_MS, 1000]) {
        const reach = step > MINUTE_MS ? (unit === 'day' ? 27 * 60 : 75) * MINUTE_MS : 60 * step
        const end = first - reach
        for (let at = Math.floor(first / step) * step; at >= end; at -= step) {
          if (`${unit} ${shown(at, unit)}` === name) first = Math.min(first, at)
        }
      }
      known.set(name, first)
      return first
    },
  }
}
