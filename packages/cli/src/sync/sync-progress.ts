import type { SyncEvent } from '@waybill/archive'
import { createProgress, type ProgressStream } from '../command/progress.js'

/** A line that says how many messages a sync has stored. */
export interface SyncProgressLine {
  show(event: SyncEvent): void
  clear(): void
}

interface Amount {
  readonly done: number
  readonly total: number | null
}

/** @param isWatch whether the sync goes on behind its first reading: then a source that is read whole is no progress any more */
export function createSyncProgress(stream: ProgressStream, isWatch: boolean): SyncProgressLine {
  const progress = createProgress(stream, 'messages')
  const amounts = new Map<string, Amount>()
  return {
    show: (event) => {
      if (event.kind === 'history') amounts.set(event.source, { done: event.read, total: event.total })
      if (event.kind === 'history' && event.isDone && isWatch) amounts.delete(event.source)
      const { done, total } = [...amounts.values()].reduce(add, { done: 0, total: 0 })
      if (amounts.size > 0) progress.show(done, total)
    },
    clear: () => progress.clear(),
  }
}

function add(left: Amount, right: Amount): Amount {
  const total = left.total === null || right.total === null ? null : left.total + right.total
  return { done: left.done + right.done, total }
}
