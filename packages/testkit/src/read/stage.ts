import type {
  Message,
  MessageProvider,
  ProviderCapabilities,
  TrafficLimits,
  UpstreamAttempt,
} from '@waybill/core'
import { setTimeout as delay } from 'node:timers/promises'
import { ConformanceFailure } from '../check/conformance-failure.js'
import { type ConformanceRow, makeRows, type RowOptions } from '../world/rows.js'
import type { ConformanceWorld, Traffic } from '../world/world.js'

/** The id under which every provider is made; its errors have to name it. */
export const SOURCE = 'conformance-source'

/** What is known of a provider before any case runs. */
export interface Subject {
  readonly world: ConformanceWorld
  readonly capabilities: ProviderCapabilities
  readonly canGet: boolean
  readonly canFind: boolean
  readonly hasHistory: boolean
  /** Null for a provider that sends no HTTP requests. */
  readonly traffic: Traffic | null
}

/** A provider that sends HTTP requests. */
export interface HttpSubject extends Subject {
  readonly traffic: Traffic
}

/** An upstream filled for one case, and a new provider that reads it. */
export interface Stage extends Subject {
  readonly provider: MessageProvider
  readonly rows: readonly ConformanceRow[]
  /** The HTTP requests that the provider reported. */
  readonly attempts: readonly UpstreamAttempt[]
  idOf(row: ConformanceRow): string
  /** @throws ConformanceFailure for a message that the upstream does not have. */
  rowOf(message: Message): ConformanceRow
}

/** @param limits Beside them there are no retries. */
export async function setStage<S extends Subject>(
  subject: S,
  { count, tied }: Pick<RowOptions, 'count' | 'tied'>,
  limits: TrafficLimits = {},
): Promise<Stage & S> {
  const { world, capabilities } = subject
  const rows = makeRows(capabilities, { count, tied, nullableText: world.nullableText })
  await world.reset(rows)
  const attempts: UpstreamAttempt[] = []
  const idOf = ({ number }: ConformanceRow): string => world.upstreamId?.(number) ?? String(number)
  const byId = new Map(rows.map((row) => [idOf(row), row]))
  return {
    ...subject,
    rows,
    attempts,
    provider: world.create(world.options ?? {}, {
      source: SOURCE,
      limits: { retries: 0, ...limits },
      onAttempt: (each) => void attempts.push(each),
    }),
    idOf,
    rowOf: ({ upstreamId }) => {
      const row = byId.get(upstreamId)
      if (row !== undefined) return row
      throw new ConformanceFailure('upstreamId', { expected: [...byId.keys()], found: upstreamId })
    },
  }
}

/** How many rows a case may have: enough for all that domains hold, and no more than a window shows. */
export function rowsWithin({ paging }: ProviderCapabilities, wanted: number): number {
  return paging.kind === 'window' ? Math.min(wanted, paging.maxItems) : wanted
}

const STEP_MS = 2
const STEPS = 2000

/** Waits until something holds. @throws ConformanceFailure after several seconds in which it did not. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    if (holds()) return
    await delay(STEP_MS)
  }
  throw new ConformanceFailure('several seconds later', { expected: what, found: 'nothing of it' })
}

/** Long enough for a request that should not be sent to arrive, if it is sent at once. */
export async function aMoment(): Promise<void> {
  await delay(25)
}
