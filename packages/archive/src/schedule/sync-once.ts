import { pauseUntil } from './timers.js'
import type { StepCounts } from '../sync/step/event.js'
import { describeFailure, upstreamWait } from '../sync/step/failure.js'
import type { SourceSync } from '../sync/turn/source-sync.js'
import type { SyncResult } from './sync.js'
import type { Worker } from '../sync/turn/worker.js'

const TURN_MS = 5000
/** How soon a source that another process holds is tried again. */
const TAKEN_MS = 250

/** Brings one source up to date, sharing it with whoever works on it beside. */
export async function syncOnce(
  worker: Worker,
  sync: SourceSync,
  now: () => number,
  signal: AbortSignal,
): Promise<SyncResult> {
  const begunAt = now()
  const source = sync.source.id
  let tally: StepCounts = { added: 0, changed: 0, deleted: 0, requests: 0 }
  for (;;) {
    // Whoever asks for it has perhaps mended what was in the way.
    const bounds = { until: now() + TURN_MS, polledSince: begunAt, isInsistent: true }
    const done = await worker.work(sync, signal, bounds)
    if (done === null) {
      worker.waits.report(source, { reason: 'other-process', until: null, error: null }, now())
      await pauseUntil(now() + TAKEN_MS, now(), TAKEN_MS, signal)
      continue
    }
    tally = sum(tally, done.tally)
    if (done.error !== null)
      return { source, ...tally, isComplete: false, error: describeFailure(done.error) }
    const { tasks, polledAt, failed } = await sync.dueTasks()
    const isPolled = polledAt !== null && polledAt >= begunAt
    // One poll is enough, however soon the next one is wanted.
    // Details need not come at once: they take what is free of their share, and the rest the next time.
    const waiting = tasks.filter(
      ({ kind, wantedAt, freeAt, restUntil }) =>
        wantedAt <= now() &&
        !(isPolled && kind === 'head') &&
        !(kind === 'detail' && Math.max(freeAt, restUntil) > now()),
    )
    if (isPolled && waiting.length === 0) return { source, ...tally, isComplete: true, error: null }
    // What is left waits for its share of the rate limit, or for as long as the upstream said.
    const kinds = isPolled ? waiting.map(({ kind }) => kind) : (['head'] as const)
    const held = upstreamWait(failed, kinds, now())
    const next = await sync.next()
    const wait = held ?? { until: next.at, error: null }
    worker.waits.report(source, { ...wait, reason: held === null ? next.waitsFor : 'retry' }, now())
    await pauseUntil(next.at, now(), TURN_MS, signal)
  }
}

function sum(a: StepCounts, b: StepCounts): StepCounts {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    deleted: a.deleted + b.deleted,
    requests: a.requests + b.requests,
  }
}
