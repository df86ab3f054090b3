import type { TrafficLimits, UpstreamErrorCode } from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectUpstreamError } from '../read/rejection.js'
import { readsOf, requestFor } from '../read/reads.js'
import { setStage, type HttpSubject } from '../read/stage.js'
import type { Failure } from '../world/world.js'

interface FailureCase {
  readonly name: string
  readonly failure: Failure
  readonly code: UpstreamErrorCode
  readonly limits?: TrafficLimits
  /** The wait that the error must have; undefined: none. Checked only if the key is present. */
  readonly retryAfterSeconds?: number | undefined
}

const FAILURES: readonly FailureCase[] = [
  { name: 'unauthorized', failure: { kind: 'unauthorized' }, code: 'UPSTREAM_UNAUTHORIZED' },
  { name: 'forbidden', failure: { kind: 'forbidden' }, code: 'UPSTREAM_FORBIDDEN' },
  {
    name: 'rate limited, with Retry-After',
    failure: { kind: 'rateLimited', retryAfterSeconds: 7 },
    code: 'UPSTREAM_RATE_LIMITED',
    retryAfterSeconds: 7,
  },
  {
    name: 'rate limited, without Retry-After',
    failure: { kind: 'rateLimited', retryAfterSeconds: null },
    code: 'UPSTREAM_RATE_LIMITED',
    retryAfterSeconds: undefined,
  },
  { name: 'rejected', failure: { kind: 'rejected' }, code: 'UPSTREAM_REJECTED' },
  { name: 'unavailable', failure: { kind: 'unavailable' }, code: 'UPSTREAM_UNAVAILABLE' },
  { name: 'connection reset', failure: { kind: 'reset' }, code: 'UPSTREAM_UNAVAILABLE' },
  {
    name: 'no answer in time',
    failure: { kind: 'silence' },
    code: 'UPSTREAM_TIMEOUT',
    limits: { attemptTimeoutMs: 40 },
  },
  {
    name: 'no answer in the time for the whole call',
    failure: { kind: 'silence' },
    code: 'UPSTREAM_TIMEOUT',
    limits: { totalTimeoutMs: 40 },
  },
]

/** Whatever goes wrong upstream has its code, names the source and reveals no secret. */
export function failureCases(subject: HttpSubject): CaseDefinition[] {
  return [
    ...statedFailureCases(subject),
    { name: 'error: inside an answer of HTTP 200', run: () => expectFailedBodies(subject) },
    { name: "error: none of the upstream's words in its message", run: () => expectNoWords(subject) },
  ]
}

const WORDS = 'Recipient +14155550101 said: Anna, the code is 4829'

/** What an upstream says of a failure may hold parts of messages, and a message reaches clients. */
async function expectNoWords(subject: HttpSubject): Promise<void> {
  const { secrets } = subject.world
  const stage = await setStage(subject, { count: 1 })
  for (const status of [400, 401, 403, 422, 429, 500, 503]) {
    for (const body of [{ message: WORDS }, { error: WORDS }, { error: { code: 'X', message: WORDS } }]) {
      const contentType = 'application/json'
      await stage.traffic.fail({ kind: 'answer', status, contentType, body: JSON.stringify(body) })
      for (const { name, call } of readsOf(stage)) {
        const { message, upstreamCode } = await expectUpstreamError(name, () => call(), secrets)
        const isFree = !/Anna|4829|14155550101/.test(`${message} ${upstreamCode}`)
        expectThat(`${name}: the message under HTTP ${status}`, isFree, 'no words of the upstream', message)
      }
    }
  }
}

/** A failure under HTTP 200 does not mean that there are no messages. */
async function expectFailedBodies(subject: HttpSubject): Promise<void> {
  const { failedBodies = {}, secrets } = subject.world
  const names = Object.keys(failedBodies)
  expectThat('failedBodies of the world', names.length > 0, 'at least one body', names)
  const stage = await setStage(subject, { count: 2 })
  for (const [name, { body, code }] of Object.entries(failedBodies)) {
    await stage.traffic.fail({ kind: 'answer', status: 200, contentType: 'application/json', body })
    const list = (): Promise<unknown> => stage.provider.list(requestFor(stage.capabilities, {}))
    await expectUpstreamError(`list, answered by ${name}`, list, secrets, code)
  }
}

function statedFailureCases(subject: HttpSubject): CaseDefinition[] {
  return FAILURES.map((each) => ({
    name: `error: ${each.name}`,
    run: async () => {
      const stage = await setStage(subject, { count: 2 }, each.limits)
      for (const { name, call } of readsOf(stage)) {
        await stage.traffic.fail(each.failure)
        const error = await expectUpstreamError(name, () => call(), stage.world.secrets, each.code)
        if (!('retryAfterSeconds' in each)) continue
        expectEqual(`${name}: retryAfterSeconds`, error.retryAfterSeconds, each.retryAfterSeconds)
      }
    },
  }))
}
