import type { PlantedEntry, PlantedWorld } from './planted-world.js'

/** A finding as a line of NDJSON. */
export interface Line {
  readonly entry: number | null
  readonly verdict: string
  readonly rule: string | null
  readonly upstreamId: string | null
  readonly because?: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Everything that is wrong with the findings about a world. */
export function checkFindings(world: PlantedWorld, lines: readonly Line[]): string[] {
  const ofEntries = lines.filter(({ entry }) => entry !== null)
  const places = ofEntries.map(({ entry }) => entry)
  return [
    ...(places.join() === world.entries.map((_, index) => index + 1).join()
      ? []
      : ['not one line for each entry, in order']),
    ...world.entries.flatMap((entry, index) => checkEntry(world, entry, index + 1, ofEntries[index])),
    ...checkUnclaimed(
      world,
      lines.filter(({ entry }) => entry === null),
    ),
  ]
}

function checkEntry(
  world: PlantedWorld,
  { send, isRepeated }: PlantedEntry,
  place: number,
  line: Line | undefined,
): string[] {
  const found = `${line?.verdict} ${line?.because ?? ''} ${line?.upstreamId ?? ''}`
  const fault = (problem: string): string[] => [
    `entry ${place} (${send.fate}, ${send.source}): ${problem}: ${found}`,
  ]
  const isSent = send.fate !== 'never-sent'
  if (line?.verdict === 'MISSING_THERE') {
    if (isSent) return fault('it was sent')
    if (isNearLost(world, send.at, 2 * MINUTE, 10 * MINUTE)) return fault('its window touches the gap')
    return []
  }
  if (!isSent) {
    if (!isNearLost(world, send.at, HOUR, HOUR)) return fault('everything near it is known')
    return line?.verdict === 'CANNOT_TELL' ? [] : fault('it was never sent')
  }
  if (world.lost.has(send.upstreamId))
    return line?.verdict === 'CANNOT_TELL' ? [] : fault('nobody has seen it')
  if (line?.upstreamId !== send.upstreamId) return fault(`it is ${send.upstreamId}`)
  const expected = isRepeated ? 'DUPLICATE_HERE' : send.fate === 'failed' ? 'STATUS_DIFFERS' : 'MATCHED'
  return line.verdict === expected ? [] : fault(`it is ${expected}`)
}

function checkUnclaimed({ sends, lost }: PlantedWorld, lines: readonly Line[]): string[] {
  const expected = sends
    .filter(({ fate, upstreamId }) => fate === 'unlogged' && !lost.has(upstreamId))
    .map(({ upstreamId }) => `MISSING_HERE ${upstreamId}`)
  const found = lines.map(({ verdict, upstreamId }) => `${verdict} ${upstreamId}`)
  return found.join() === expected.join() ? [] : [`unclaimed: ${found.join()} instead of ${expected.join()}`]
}

/** Whether a message that nobody has seen was sent within so much time before or after. */
function isNearLost({ sends, lost }: PlantedWorld, at: number, beforeMs: number, afterMs: number): boolean {
  return sends.some(
    (send) => lost.has(send.upstreamId) && send.at + 2000 >= at - beforeMs && send.at + 2000 <= at + afterMs,
  )
}
