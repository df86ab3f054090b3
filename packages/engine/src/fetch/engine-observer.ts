import type { SourceReport } from '../engine.js'

/** Is told what an engine does, for metrics. */
export interface EngineObserver {
  /**
   * A page of a source was wanted. `kept`: it was in memory. `shared`: an equal request was under way. `fetched`: the source was
   * asked.
   */
  page(source: string, from: 'kept' | 'shared' | 'fetched'): void
  /** An answer is complete. */
  answered(reports: readonly SourceReport[]): void
}
