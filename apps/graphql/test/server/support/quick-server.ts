import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Archive, createSync, openArchive } from '@waybill/archive'
import type { Message } from '@waybill/core'
import { createEngine } from '@waybill/engine'
import { type ConfiguredSource, fillLimits, type ServerLimits } from '@waybill/runtime'
import type { OperationContext } from '../../../src/schema/context.js'
import { schema } from '../../../src/schema/schema.js'
import { EVERYBODY } from '../../../src/access/caller.js'
import { createCallerViews } from '../../../src/access/caller-view.js'
import { createCursorSeal } from '../../../src/access/cursor-seal.js'
import { createDocumentReader } from '../../../src/server/document.js'
import type { Exchange } from '../../../src/server/exchange.js'
import { createAdmission } from '../../../src/server/limits/admission.js'
import { NOTHING_HELD } from '../../../src/server/limits/held-bytes.js'
import { createMetrics } from '../../../src/server/metrics.js'
import { createContextOf } from '../../../src/server/operation-context.js'
import { createDocuments } from '../../../src/server/prepared/documents.js'
import { traceRequest } from '../../../src/server/request-trace.js'
import { createQuickAnswers } from '../../../src/server/prepared/quick-answers.js'
import { arrayProvider, sourceOf } from './array-provider.js'
import { CURSOR_KEYS } from './harness.js'
import { message } from './message.js'

const MINUTE_MS = 60_000

/** Messages with everything in it that a field of the schema shows. */
function fullMessages(count: number): Message[] {
  const statuses: readonly Message['status'][] = ['SENT', 'READ', 'FAILED', null]
  return Array.from({ length: count }, (_, index) => {
    const isInbound = index % 3 === 0
    const status = statuses[index % statuses.length] ?? null
    return message(index + 1, {
      direction: isInbound ? 'INBOUND' : 'OUTBOUND',
      from: isInbound ? `+49302315${1000 + index}` : null,
      to: isInbound ? null : `+1415555${1000 + index}`,
      contact: null,
      status,
      text: index % 5 === 0 ? null : `Заказ № ${index} \u2028 "quoted" \u{1F600}`,
      failure: status === 'FAILED' ? { code: String(index), reason: null } : null,
      interactionId: String(index % 4),
      raw: { id: index, nested: [1.5, null, { deep: true }] },
    })
  })
}

/** Two sources, one of them kept in an archive. */
export interface QuickSources extends AsyncDisposable {
  readonly sources: readonly ConfiguredSource[]
  readonly archive: Archive
}

/** `octo` is read live; `shop` from an archive in SQLite that holds so many messages. */
export async function startSources(count: number): Promise<QuickSources> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-quick-'))
  const archive = await openArchive({ url: `sqlite:${join(folder, 'archive.db')}` })
  const poll = { minPollMs: 60 * MINUTE_MS, maxPollMs: 60 * MINUTE_MS, maxStalenessMs: 60 * MINUTE_MS }
  const upstream = arrayProvider({ messages: fullMessages(count) })
  const sync = createSync({ archive, sources: [{ id: 'shop', provider: upstream, poll }] })
  await sync.once()
  await sync.close()
  const provider = archive.source({ id: 'shop', provider: upstream, maxStalenessMs: 60 * MINUTE_MS })
  return {
    archive,
    sources: [
      sourceOf('octo', arrayProvider({ messages: fullMessages(7) })),
      { id: 'shop', label: 'Shop', provider, upstream, read: 'archive' },
    ],
    [Symbol.asyncDispose]: async () => {
      await archive.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Answers a request without HTTP; the text is null where Yoga would have had to. */
export type AskQuickly = (
  body: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> | undefined },
  given?: Partial<Exchange>,
) => Promise<{ readonly text: string | null; readonly begun?: OperationContext | null }>

export function quickly(
  { sources, archive }: Pick<QuickSources, 'sources'> & { readonly archive: Archive | null },
  given: Partial<ServerLimits> = {},
): AskQuickly {
  const limits = fillLimits(given)
  const admission = createAdmission(limits)
  const viewOf = createCallerViews({
    engine: createEngine({ sources }),
    sources,
    seal: createCursorSeal(CURSOR_KEYS),
  })
  const { signal: closing } = new AbortController()
  const documents = createDocuments(createDocumentReader(limits, true))
  const answer = createQuickAnswers({
    documents,
    contextOf: createContextOf({ viewOf, archive, limits, closing }, admission),
    admission,
    limits,
    metrics: createMetrics(),
    mode: 'off',
    persisted: new Map(),
  })
  return async (body, asked) => {
    try {
      documents.validate(schema, documents.parse(body.query))
    } catch {
      // What cannot be parsed is left to Yoga.
    }
    const { body: bytes, ...rest } = await answer(
      JSON.stringify(body),
      asked === undefined ? exchange() : Object.assign(asked, { ...exchange(), ...asked }),
    )
    return { text: bytes === null ? null : bytes.toString(), ...rest }
  }
}

function exchange(): Exchange {
  return {
    id: 'test',
    signal: new AbortController().signal,
    caller: EVERYBODY,
    callerKey: '',
    held: NOTHING_HELD,
    refusal: null,
    trailers: new Map(),
    code: undefined,
    upstream: undefined,
    operation: undefined,
    startedAt: performance.now(),
    trace: traceRequest({ id: 'test', method: 'POST', headers: {} }, '/graphql'),
  }
}
