import type { RequestRecord } from './faults.js'

/** Called, and awaited, at a stage of every request. It may change the table, the settings and the faults. */
export type RequestListener = (record: RequestRecord) => void | Promise<void>

/** Where one can step in. Each function returns the function that takes the listener away again. */
export interface RequestStages {
  /** Every request, when it has arrived and before anything is done with it. */
  readonly onRequest: (listener: RequestListener) => () => void
  /** Between the query that counts the rows and the one that reads the page (WA.cr with totals only). */
  readonly onCounted: (listener: RequestListener) => () => void
  /** When the rows have been read, before the answer is sent. */
  readonly onSelected: (listener: RequestListener) => () => void
}

export type Stage = 'request' | 'counted' | 'selected'

/** {@link RequestStages} as the server sees them. */
export interface StageRunner extends RequestStages {
  run(stage: Stage, record: RequestRecord): Promise<void>
}

export function createStages(): StageRunner {
  const listeners: Record<Stage, Set<RequestListener>> = {
    request: new Set(),
    counted: new Set(),
    selected: new Set(),
  }
  const add =
    (stage: Stage) =>
    (listener: RequestListener): (() => void) => {
      listeners[stage].add(listener)
      return () => void listeners[stage].delete(listener)
    }
  return {
    onRequest: add('request'),
    onCounted: add('counted'),
    onSelected: add('selected'),
    run: async (stage, record) => {
      for (const listener of listeners[stage]) await listener(record)
    },
  }
}
