import {
  ConfigurationError,
  UpstreamError,
  type CallOptions,
  type MessageProvider,
  type ProviderContext,
  type ProviderFactory,
  type UpstreamErrorCode,
  type UpstreamErrorOptions,
} from '@waybill/core'
import { inspect } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { ConformanceFailure } from '../src/index.js'
import { calling, failing, flawed } from './support/flaws.js'
import { startReferenceUpstream } from './support/reference-upstream.js'
import { PAGINGS, referenceWorld, type Flaw } from './support/reference-world.js'
import { runCase } from './support/run-case.js'

const upstream = await startReferenceUpstream()

afterAll(() => upstream[Symbol.asyncDispose]())

const { key } = upstream
const OPTIONS = { key, baseUrl: upstream.url }

type Row = readonly [provider: string, name: string, flaw: Flaw]

const CALLS: readonly Row[] = [
  ['asks although nobody wants it any more', 'abort: before the call', calling(unsignalled)],
  [
    'gives a reason of its own',
    'abort: while the upstream is silent',
    failingAny(() => new Error('aborted')),
  ],
  ['lets an aborted call run on', 'abort: closes the connection', flawed(abandoning)],
  ['announces nothing', 'attempts: announced before each HTTP request', calling(unannounced)],
  ['announces a call, not its tries', 'attempts: announced before each try', calling(announcedOnce)],
  ['asks before it announces', 'attempts: refused, nothing is sent', flawed(announcingLate)],
  ['hides a refusal', 'attempts: refused later, nothing more is sent', failingAny(() => new Error('failed'))],
  ['tells nobody of its requests', 'attempts: reported after their end', inContext({ onAttempt: undefined })],
  ['tells of them as another', 'attempts: reported after their end', inContext({ source: 'me' })],
]

const ERRORS: readonly Row[] = [
  ['leaks the secret in a message', 'error: unauthorized', rewording(() => `The key ${key} is refused.`)],
  ['leaks the secret in base64', 'error: rejected', rewording(() => `Basic ${btoa(key)} is refused.`)],
  ['leaks the secret in a cause', 'error: unavailable', reasoning({ cause: { headers: { key } } })],
  ['repeats an echo', 'body: credentials echoed in every answer', rewording((text) => `${text} ${key}`)],
  [
    'quotes the upstream',
    "error: none of the upstream's words in its message",
    rewording((text) => `${text} Anna has not paid.`),
  ],
  ['names another source', 'error: forbidden', reasoning({ source: 'me' })],
  [
    'forgets how long to wait',
    'error: rate limited, with Retry-After',
    reasoning({ retryAfterSeconds: undefined }),
  ],
  ['makes up a wait', 'error: rate limited, without Retry-After', reasoning({ retryAfterSeconds: 60 })],
  ['throws errors of its own', 'error: connection reset', failing(() => new Error('fetch failed'))],
  ['takes all errors for one', 'error: rejected', recoding('UPSTREAM_UNAVAILABLE')],
  ['takes a timeout for a network fault', 'error: no answer in time', recoding('UPSTREAM_UNAVAILABLE')],
  ['takes what it cannot read for nothing', 'body: null', flawed(lenient)],
  ['takes an error under HTTP 200 for an empty list', 'error: inside an answer of HTTP 200', flawed(lenient)],
  [
    'takes all errors under HTTP 200 for one',
    'error: inside an answer of HTTP 200',
    recoding('UPSTREAM_REJECTED'),
  ],
]

const REST: readonly Row[] = [
  ['shows the secret', 'declares: no secret', flawed((_sound, _context, options) => Object(options))],
  ['has no name', 'declares: its name', flawed(() => ({ name: 'My provider!' }))],
  ['declares what no field has', 'declares: capabilities that hold together', flawed(overclaiming)],
  ['answers one message with another', 'get: agrees with list', getting((id) => (id === '2' ? '1' : id))],
  ['looks up a part of an id', 'get: null for what cannot be an id', getting((id) => id.slice(0, 1))],
  ['takes no message for an error', 'get: null for an id that nothing has', flawed(insisting)],
  ['takes options as they come', 'options: unknown names', reading(() => OPTIONS)],
  ['overlooks what it does not know', 'options: everything wrong at once', reading(known)],
  ['quotes its options', 'options: values of another kind', quoting],
  ['writes into its options', 'options: left as they are', scribbling],
]

it.each([...CALLS, ...ERRORS, ...REST])('fails a provider that %s: %s', async (_provider, name, flaw) => {
  await expect(runCase(referenceWorld(upstream, PAGINGS.page, flaw), name)).rejects.toThrow(
    ConformanceFailure,
  )
})

it.each(ERRORS.slice(0, 4))(
  'does not repeat the secret itself when a provider %s: %s',
  async (_provider, name, flaw) => {
    const failure: unknown = await runCase(referenceWorld(upstream, PAGINGS.page, flaw), name).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(ConformanceFailure)
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(key)
  },
)

function unsignalled(call: CallOptions): CallOptions {
  return { ...call, signal: undefined }
}

function unannounced(call: CallOptions): CallOptions {
  return { ...call, beforeAttempt: undefined }
}

function announcedOnce({ beforeAttempt, ...call }: CallOptions): CallOptions {
  beforeAttempt?.()
  return call
}

function announcingLate({ list }: MessageProvider): Partial<MessageProvider> {
  return {
    list: async (request, { beforeAttempt, ...call } = {}) => {
      const result = await list(request, call)
      beforeAttempt?.()
      return result
    },
  }
}

/** Rejects at once, and leaves the request to itself. */
function abandoning({ list }: MessageProvider): Partial<MessageProvider> {
  return {
    list: (request, { signal, ...call } = {}) =>
      Promise.race([
        list(request, call),
        new Promise<never>((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason)),
        ),
      ]),
  }
}

function inContext(change: Partial<ProviderContext>): Flaw {
  return (factory) => (options, context) => factory(options, { ...context, ...change })
}

function rewording(change: (message: string) => string): Flaw {
  return failing((error) => new UpstreamError(error.code, change(error.message), error))
}

function reasoning(change: Partial<UpstreamErrorOptions>): Flaw {
  return failing((error) => {
    const { source, retryAfterSeconds } = error
    return new UpstreamError(error.code, error.message, { source, retryAfterSeconds, ...change })
  })
}

function recoding(code: UpstreamErrorCode): Flaw {
  return failing((error) => new UpstreamError(code, error.message, error))
}

/** Whatever a call rejects with, the reason of a signal included, becomes something else. */
function failingAny(change: () => unknown): Flaw {
  return flawed(({ list }) => ({
    list: (request, call) => list(request, call).catch(() => Promise.reject(change())),
  }))
}

function lenient({ list }: MessageProvider): Partial<MessageProvider> {
  const nothing = { messages: [], parameters: [], page: { total: 0, pageSize: null, lastPage: null } }
  return { list: (request, call) => list(request, call).catch(() => nothing) }
}

function overclaiming({ capabilities }: MessageProvider): Partial<MessageProvider> {
  const to = { domain: { kind: 'absent' }, operators: { eq: 'exact' } } as const
  return { capabilities: { ...capabilities, fields: { ...capabilities.fields, to } } }
}

function getting(change: (id: string) => string): Flaw {
  return flawed(({ get }) => ({ get: async (id, call) => (await get?.(change(id), call)) ?? null }))
}

function insisting({ get }: MessageProvider, { source }: ProviderContext): Partial<MessageProvider> {
  return {
    get: async (id, call) => {
      const found = await get?.(id, call)
      if (found) return found
      throw new UpstreamError('UPSTREAM_REJECTED', `Source "${source}" has no such message.`, { source })
    },
  }
}

function reading(change: (options: object) => object): Flaw {
  return (factory) => (options, context) => factory(change(Object(options) as object), context)
}

function known(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name in OPTIONS))
}

function quoting(factory: ProviderFactory): ProviderFactory {
  return (options, context) => {
    try {
      return factory(options, context)
    } catch {
      const found = JSON.stringify(options)
      throw new ConfigurationError(
        Object.keys(OPTIONS).map((name) => ({ path: [name], expected: 'text', found })),
      )
    }
  }
}

function scribbling(factory: ProviderFactory): ProviderFactory {
  return (options, context) => {
    const provider = factory(options, context)
    Object.assign(Object(options), { checked: true })
    return provider
  }
}
