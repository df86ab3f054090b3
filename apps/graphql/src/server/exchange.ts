import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { REQUEST_ID_HEADER } from '@waybill/http'
import { type Caller, NOBODY } from '../access/caller.js'
import { type Refusal, refuse } from '../access/refusal.js'
import { type HeldBytes, NOTHING_HELD } from './limits/held-bytes.js'
import type { RequestTrace } from './request-trace.js'

/** A request under way: what its handlers need beside the request, and what they find out for log and metrics. */
export interface Exchange {
  /** Also in the response's header `x-request-id`, and in the log. */
  readonly id: string
  readonly trace: RequestTrace
  /** On the clock of `performance.now()`. */
  readonly startedAt: number
  /** Aborted when the client goes away before it is answered. */
  readonly signal: AbortSignal
  /** Nobody before it is known, and where the request has no valid token. */
  caller: Caller
  /** Whose limits the request counts for: the caller's, or the address' where everybody may query. */
  callerKey: string
  /** Why the caller is nobody; null where they are known. */
  refusal: Refusal | null
  /** What its answer holds of its caller's bytes. */
  held: HeldBytes
  /** What is known of the answer at its end only, by the names of the trailers. A handler adds them before it answers. */
  readonly trailers: Map<string, () => string>
  /** The code of the first error of the answer, where it has one. */
  code: string | undefined
  /** The upstream requests that were sent for it; undefined where none could be. */
  upstream: { readonly spent: number } | undefined
  /** The GraphQL operation, once it is known. */
  operation: ObservedOperation | undefined
}

/** What log and metrics may say of a GraphQL operation. */
export interface ObservedOperation {
  /** As it was sent: the log cuts and cleans it. */
  readonly name: string | undefined
  /** Of the document: equal for equal queries, whatever their variables. */
  readonly hash: string
  readonly cost: number
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange
  }
}

/** Begins to observe a request. */
export function createExchange(id: string, response: ServerResponse, trace: RequestTrace): Exchange {
  return {
    id,
    trace,
    startedAt: performance.now(),
    signal: signalOfClose(response),
    caller: NOBODY,
    callerKey: '',
    refusal: refuse('NO_TOKEN'),
    held: NOTHING_HELD,
    trailers: new Map(),
    code: undefined,
    upstream: undefined,
    operation: undefined,
  }
}

/** The id that a proxy or client gave the request, where it may be written to a log and sent upstream; else a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && isRequestId(given) ? given : newRequestId()
}

const ID_BYTES = 9
const IDS_AT_ONCE = 512
let random: Buffer = Buffer.alloc(0)

/** An id for a request that has none. Asking the system for random bytes takes longer than the rest of it, so many are asked for. */
export function newRequestId(): string {
  if (random.length < ID_BYTES) random = randomBytes(ID_BYTES * IDS_AT_ONCE)
  const id = random.toString('base64url', 0, ID_BYTES)
  random = random.subarray(ID_BYTES)
  return id
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
/** An id in hexadecimal digits, as tracing gives them: one of the usual lengths, and not a phone number behind a few letters. */
const HEXADECIMAL =
  /(?<![\da-z])(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|(?!\w*\d{11})[\da-f]{16})(?![\da-z])/gi
/** Six digits and more may be a phone number, or a one-time password. */
const LONG_NUMBER = /\d[\d._-]{4,}\d/

function isRequestId(text: string): boolean {
  return (
    UUID.test(text) || (/^[\w.-]{1,64}$/.test(text) && !LONG_NUMBER.test(text.replaceAll(HEXADECIMAL, '')))
  )
}

function signalOfClose(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new DOMException('The client went away.', 'AbortError'))
  })
  return controller.signal
}
