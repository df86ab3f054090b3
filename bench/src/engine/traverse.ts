/**
 * Follows a list to its end, in a process in which there is nothing but the engine: says what it holds every so many
 * rows, and what it cost.
 */
import type { MessageField } from '@waybill/core'
import { createEngine, type MessagePage } from '@waybill/engine'
import { childArgument, say } from '../measure/child.ts'
import { peakRss, readMemory } from '../measure/memory.ts'
import { wacrSource, type WacrAddress } from '../upstream/wacr-process.ts'

export interface TraverseOptions {
  readonly sources: readonly WacrAddress[]
  readonly fields: readonly MessageField[]
  /** How many rows lie between two readings. */
  readonly every: number
}

export interface TraverseReading {
  readonly rows: number
  readonly requests: number
  readonly heap: number
  readonly rss: number
  readonly peakRss: number
  readonly seconds: number
}

const { sources, fields, every } = childArgument() as TraverseOptions
const engine = createEngine({ sources: sources.map((address, index) => wacrSource(`shop${index}`, address)) })
const begin = performance.now()
let [rows, requests, next] = [0, 0, 0]
let after: string | null = null
do {
  const page: MessagePage = await engine.messages({ first: 500, after, fields: new Set(fields) })
  rows += page.edges.length
  for (const report of page.reports) requests += report.upstreamRequests
  after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  if (rows >= next || after === null) {
    const seconds = (performance.now() - begin) / 1000
    say({ rows, requests, ...readMemory(), peakRss: peakRss(), seconds } satisfies TraverseReading)
    next += every
  }
} while (after !== null)
