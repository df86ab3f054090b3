import { UpstreamError, type TrafficLimits } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { attempt } from '../check/rejection.js'
import { readsOf, type Read } from '../read/reads.js'
import { setStage, type Stage, type Subject } from '../read/stage.js'
import { aMoment, until } from '../read/until.js'
import type { Failure } from '../world/failure.js'

/** A call that is no longer wanted ends at once, with the reason of its signal, and so does its traffic. */
export function abortCases(subject: Subject): CaseDefinition[] {
  const during = (
    name: string,
    failure: Failure,
    limits: TrafficLimits,
    begun: Begun,
    after?: Ended,
  ): CaseDefinition => ({
    name: `abort: ${name}`,
    run: () => forEachRead(subject, limits, (stage, read) => expectAbort(stage, read, failure, begun, after)),
  })
  return [
    {
      name: 'abort: before the call',
      run: () => forEachRead(subject, {}, expectNothingSent),
    },
    during('while the upstream is silent', { kind: 'silence' }, PATIENT, arrived),
    during('while it waits to try again', RATE_LIMITED, { ...PATIENT, retries: 2 }, answered),
    during('closes the connection', { kind: 'silence' }, PATIENT, arrived, nothingUnderWay),
  ]
}

/** So that it is the signal that ends a call, and no timeout. */
const PATIENT: TrafficLimits = { attemptTimeoutMs: 120_000, totalTimeoutMs: 120_000 }
const RATE_LIMITED: Failure = { kind: 'rateLimited', retryAfterSeconds: 3 }

type Begun = (stage: Stage, before: number) => boolean
type Ended = (stage: Stage) => Promise<void>

function arrived({ world }: Stage, before: number): boolean {
  return world.requests() > before
}

function answered({ attempts }: Stage): boolean {
  return attempts.length > 0
}

async function nothingUnderWay({ world }: Stage): Promise<void> {
  if (world.underWay === undefined) {
    throw new ConformanceFailure('underWay', { expected: 'a function of the world', found: undefined })
  }
  await until('the upstream saw the connection close', () => world.underWay?.() === 0)
}

async function forEachRead(
  subject: Subject,
  limits: TrafficLimits,
  expectRead: (stage: Stage, read: Read) => Promise<void>,
): Promise<void> {
  const names = subject.canGet ? ['list', 'get'] : ['list']
  for (const name of names) {
    const stage = await setStage(subject, { count: 3 }, limits)
    for (const read of readsOf(stage)) if (read.name === name) await expectRead(stage, read)
  }
}

async function expectNothingSent({ world }: Stage, { name, call }: Read): Promise<void> {
  const reason = new Error('aborted before')
  const before = world.requests()
  const outcome = await attempt(() => call({ signal: AbortSignal.abort(reason) }))
  expectReason(name, outcome, reason)
  await aMoment()
  expectEqual(`${name}: HTTP requests`, world.requests() - before, 0)
}

async function expectAbort(
  stage: Stage,
  { name, call }: Read,
  failure: Failure,
  begun: Begun,
  after?: Ended,
): Promise<void> {
  await stage.world.fail(failure)
  const before = stage.world.requests()
  const reason = new Error('aborted meanwhile')
  const controller = new AbortController()
  let settled = false
  const outcome = attempt(() => call({ signal: controller.signal })).finally(() => {
    settled = true
  })
  await until(`${name} is under way`, () => settled || begun(stage, before))
  // One who does not try again is not under way between two tries.
  if (settled && failure === RATE_LIMITED) return expectGivenUp(name, await outcome)
  controller.abort(reason)
  await until(`${name} ended after it was aborted`, () => settled)
  expectReason(name, await outcome, reason)
  const sent = stage.world.requests()
  await aMoment()
  expectEqual(`${name}: HTTP requests after the end`, stage.world.requests() - sent, 0)
  await after?.(stage)
}

function expectGivenUp(name: string, outcome: object): void {
  const found = 'error' in outcome ? outcome.error : outcome
  expectThat(name, found instanceof UpstreamError, 'an UpstreamError, or one more try', found)
}

function expectReason(name: string, outcome: object, reason: Error): void {
  const found = 'error' in outcome ? outcome.error : outcome
  if (found !== reason) throw new ConformanceFailure(name, { expected: 'the reason of its signal', found })
}
