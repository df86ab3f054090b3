import type { Paging } from '@waybill/core'
import type { EngineSource } from '../../src/index.js'
import { modelProvider } from '../model/model-provider.js'
import type { ModelSettings } from '../model/model-settings.js'
import { PLAIN_UPSTREAM, type UpstreamPlan } from '../model/plan.js'
import { makeTable } from '../model/model-table.js'

/** A source straight over a table, and how many requests it got. */
export interface ModelSource extends EngineSource {
  readonly settings: ModelSettings
}

const USUAL = { ...PLAIN_UPSTREAM, ties: 3, skewSeconds: 5, tellsTotal: true, tellsPageSize: true }

/** A source of any kind of paging, over rows a few seconds apart, some of them at one time. */
export function modelSource(
  id: string,
  kind: Paging['kind'],
  rows: number,
  changes: Partial<UpstreamPlan> = {},
): ModelSource {
  const { skewSeconds: declaredSkewSeconds } = { ...USUAL, ...changes }
  const plan = { ...USUAL, declaredSkewSeconds, ...changes, kind, rows }
  const settings: ModelSettings = {
    source: id,
    plan,
    table: makeTable(plan, rows),
    cap: plan.cap,
    faults: [],
    onStage: () => undefined,
    requests: 0,
    passingFailures: 0,
    rejected: new Set<string>(),
  }
  return { id, provider: modelProvider(settings), settings }
}
