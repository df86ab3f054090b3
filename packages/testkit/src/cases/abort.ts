import { type TrafficLimits, UpstreamError } from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { attempt, expectReason } from '../read/rejection.js'
import { callsOf, type Read, readsOf } from '../read/reads.js'
import { aMoment, type HttpSubject, setStage, type Stage, type Subject, until } from '../read/stage.js'
import type { Failure } from '../world/world.js'

/** A call that is not wanted any more before it is made. */
export function abortCases(subject: Subject): CaseDefinition[] {
  return [{ name: 'abort: before the call', run: () => expectNothingDone(subject) }]
}

async function expectNothingDone(subject: Subject): Promise<void> {
  const stage = await setStage(subject, { count: 3 })
  for (const { name, call } of callsOf(stage)) {
    const reason = new Error('aborted before')
    const before = stage.traffic?.requests() ?? 0
    const outcome = await attempt(() => call({ signal: AbortSignal.abort(reason) }))
    expectReason(name, outcome, reason)
    if (stage.traffic === null) continue
    await aMoment()
    expectEqual(`${name}: HTTP requests`, stage.traffic.requests() - before, 0)
  }
}

/** A call that is no longer wanted ends at once, with the reason of its signal, and so does its traffic. */
export function abortedTrafficCases(subject: HttpSubject): CaseDefinition[] {
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
    during('while the upstream is silent', { kind: 'silence' }, PATIENT, arrived),
    during('while it waits to try again', RATE_LIMITED, { ...PATIENT, retries: 2 }, answered),
    during('closes the connection', { kind: 'silence' }, PATIENT, arrived, nothingUnderWay),
  ]
}

/** So that it is the signal that ends a call, and no timeout. */
const PATIENT: TrafficLimits = { attemptTimeoutMs: 120_000, totalTimeoutMs: 120_000 }
const RATE_LIMITED: Failure = { kind: 'rateLimited', retryAfterSeconds: 3 }

type HttpStage = Stage & HttpSubject
type Begun = (stage: HttpStage, before: number) => boolean
type Ended = (stage: HttpStage) => Promise<void>

function arrived({ traffic }: HttpStage, before: number): boolean {
  return traffic.requests() > before
}

function answered({ attempts }: HttpStage): boolean {
  return attempts.length > 0
}

async function nothingUnderWay({ world }: HttpStage): Promise<void> {
  if (world.underWay === undefined) {
    throw new ConformanceFailure('underWay', { expected: 'a function of the world', found: undefined })
  }
  await until('the upstream saw the connection close', () => world.underWay?.() === 0)
}

async function forEachRead(
  subject: HttpSubject,
  limits: TrafficLimits,
  expectRead: (stage: HttpStage, read: Read) => Promise<void>,
): Promise<void> {
  const names = subject.canGet ? ['list', 'get'] : ['list']
  for (const name of names) {
    const stage = await setStage(subject, { count: 3 }, limits)
    for (const read of readsOf(stage)) if (read.name === name) await expectRead(stage, read)
  }
}

async function expectAbort(
  stage: HttpStage,
  { name, call }: Read,
  failure: Failure,
  begun: Begun,
  after?: Ended,
): Promise<void> {
  await stage.traffic.fail(failure)
  const before = stage.traffic.requests()
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
  const sent = stage.traffic.requests()
  await aMoment()
  expectEqual(`${name}: HTTP requests after the end`, stage.traffic.requests() - sent, 0)
  await after?.(stage)
}

function expectGivenUp(name: string, outcome: object): void {
  const found = 'error' in outcome ? outcome.error : outcome
  expectThat(name, found instanceof UpstreamError, 'an UpstreamError, or one more try', found)
}
