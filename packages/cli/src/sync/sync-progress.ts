import { countOf } from '@waybill/core'
import type { SyncEvent, WaitReason } from '@waybill/archive'
import {
  createProgressLines,
  describeProgress,
  describeSpan,
  type ProgressStream,
} from '../command/progress.js'

/** A line for each source that says how far its sync is, and what it waits for. */
export interface SyncProgress {
  show(event: SyncEvent): void
  clear(): void
  /** Ends the clock that counts the waits down. */
  close(): void
}

/** How far the sync of one source is. */
interface SourceProgress {
  readonly begun: number
  /** How many messages of its list were read; null while no list is being read. */
  read: number | null
  total: number | null
  wait: Extract<SyncEvent, { kind: 'waiting' }> | null
}

const TICK_MS = 1000

/** Lines for more sources than that would push everything else off the screen. */
const MOST_LINES = 12

/** @param isWatch whether the sync goes on after its first reading, so that a list that was read whole is no progress any more */
export function createSyncProgress(stream: ProgressStream, isWatch: boolean): SyncProgress {
  const lines = createProgressLines(stream)
  const sources = new Map<string, SourceProgress>()
  const draw = (): void => {
    const described = [...sources].flatMap(([id, progress]) => describe(id, progress, sources.size > 1))
    if (described.length === 0) return
    const more = described.length - MOST_LINES
    lines.show(() => [
      ...described.slice(0, MOST_LINES),
      ...(more > 0 ? [`… and ${countOf(more, 'more source')}`] : []),
    ])
  }
  // Nothing happens while a source waits, and the time that is left has to change all the same.
  const clock = stream.isTTY === true ? setInterval(draw, TICK_MS).unref() : undefined
  return {
    show: (event) => {
      if (event.source === null) return
      const progress = sources.get(event.source) ?? begin()
      sources.set(event.source, progress)
      follow(progress, event, isWatch)
      draw()
    },
    clear: () => lines.clear(),
    close: () => {
      clearInterval(clock)
      lines.clear()
    },
  }
}

function begin(): SourceProgress {
  return { begun: performance.now(), read: null, total: null, wait: null }
}

function follow(progress: SourceProgress, event: SyncEvent, isWatch: boolean): void {
  Object.assign(progress, { wait: event.kind === 'waiting' ? event : null })
  if (event.kind !== 'history') return
  const isOver = event.isDone && isWatch
  Object.assign(progress, { read: isOver ? null : event.read, total: event.total })
}

/** The line of one source; none while there is nothing to say. */
function describe(id: string, { begun, read, total, wait }: SourceProgress, isNamed: boolean): string[] {
  // A speed says nothing while nothing moves.
  const elapsedMs = wait === null ? performance.now() - begun : 0
  const parts = [
    ...(read === null ? [] : [describeProgress({ done: read, from: 0, total, elapsedMs, what: 'messages' })]),
    ...(wait === null ? [] : [describeWait(wait.reason, wait.until)]),
  ]
  if (parts.length === 0) return []
  return [`${isNamed || read === null ? `${id}: ` : ''}${parts.join('; ')}`]
}

const WAITS: Readonly<Record<WaitReason, string>> = {
  'rate-limit': 'for its rate limit',
  retry: 'to try again',
  schedule: 'for its next poll',
  'other-process': 'for another process, which syncs it',
}

/** Until when a source waits, and what for: `waits until 12:30:05 UTC (0:42) for its rate limit`. */
function describeWait(reason: WaitReason, until: number | null): string {
  if (until === null) return `waits ${WAITS[reason]}`
  const time = new Date(until).toISOString().slice(11, 19)
  return `waits until ${time} UTC (${describeSpan((until - Date.now()) / 1000)}) ${WAITS[reason]}`
}
