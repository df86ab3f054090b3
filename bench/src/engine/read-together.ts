/** Many traversals through one engine, in a process of their own: says what they cost, and what is held at their end. */
import { createEngine, type MessagePage } from '@waybill/engine'
import { childArgument, say } from '../measure/child.ts'
import { type MemoryReading, peakRss, readMemory } from '../measure/memory.ts'
import { wacrSource, type WacrAddress } from '../upstream/wacr-process.ts'

export interface ReadTogetherOptions {
  readonly source: WacrAddress
  readonly readers: number
  /** Whether all read the same list; else each rules out something else, which no message has. */
  readonly isSame: boolean
}

export interface ReadTogetherResult extends MemoryReading {
  readonly messages: number
  readonly requests: number
  readonly peakRss: number
}

const { source, readers, isSame } = childArgument() as ReadTogetherOptions
const engine = createEngine({ sources: [wacrSource('shop', source)] })
const results = await Promise.all(Array.from({ length: readers }, (_, index) => readAll(index)))
say({
  messages: results.reduce((sum, each) => sum + each.messages, 0),
  requests: results.reduce((sum, each) => sum + each.requests, 0),
  ...readMemory(),
  peakRss: peakRss(),
} satisfies ReadTogetherResult)

async function readAll(reader: number): Promise<{ messages: number; requests: number }> {
  let [messages, requests] = [0, 0]
  let after: string | null = null
  // The rows are all of one conversation, which is none of these.
  const filter = isSame
    ? []
    : [{ field: 'interactionId', operator: 'ne', values: [String(1000 + reader)] } as const]
  do {
    const page: MessagePage = await engine.messages({ first: 100, after, filter, fields: new Set(['text']) })
    messages += page.edges.length
    for (const { upstreamRequests } of page.reports) requests += upstreamRequests
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  return { messages, requests }
}
