import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { attempt, expectNoSecret, rejectionOf } from '../read/rejection.js'
import { callsOf, readsOf } from '../read/reads.js'
import { type HttpSubject, setStage, SOURCE, type Subject } from '../read/stage.js'
import type { Failure } from '../world/world.js'

const UNAVAILABLE: Failure = { kind: 'unavailable' }

/** Every HTTP request is announced, can be refused, and is reported. */
export function attemptCases(subject: HttpSubject): CaseDefinition[] {
  return [
    { name: 'attempts: announced before each HTTP request', run: () => expectAnnounced(subject, 0, null) },
    { name: 'attempts: announced before each try', run: () => expectAnnounced(subject, 1, UNAVAILABLE) },
    { name: 'attempts: refused, nothing is sent', run: () => expectRefused(subject) },
    { name: 'attempts: refused later, nothing more is sent', run: () => expectRefusedLater(subject) },
    { name: 'attempts: reported after their end', run: () => expectTold(subject) },
  ]
}

async function expectAnnounced(
  subject: HttpSubject,
  retries: number,
  failure: Failure | null,
): Promise<void> {
  const stage = await setStage(subject, { count: 2 }, { retries })
  for (const { name, call } of readsOf(stage)) {
    if (failure !== null) await stage.traffic.fail(failure)
    const before = stage.traffic.requests()
    const counts: number[] = []
    await attempt(() => call({ beforeAttempt: () => void counts.push(stage.traffic.requests() - before) }))
    const sent = stage.traffic.requests() - before
    expectThat(`${name}: HTTP requests`, sent > 0, 'at least one', sent)
    const expected = Array.from({ length: sent }, (_, index) => index)
    expectEqual(`${name}: requests that had arrived at each call of beforeAttempt`, counts, expected)
  }
}

async function expectRefused(subject: HttpSubject): Promise<void> {
  const stage = await setStage(subject, { count: 2 })
  for (const { name, call } of readsOf(stage)) {
    const before = stage.traffic.requests()
    const spent = new Error('spent')
    const beforeAttempt = (): void => {
      throw spent
    }
    const error = await rejectionOf(name, () => call({ beforeAttempt }))
    if (error !== spent) throw new ConformanceFailure(name, { expected: spent, found: error })
    expectEqual(`${name}: HTTP requests`, stage.traffic.requests() - before, 0)
  }
}

async function expectRefusedLater(subject: HttpSubject): Promise<void> {
  const stage = await setStage(subject, { count: 2 }, { retries: 2 })
  for (const { name, call } of readsOf(stage)) {
    await stage.traffic.fail(UNAVAILABLE)
    const before = stage.traffic.requests()
    const spent = new Error('spent')
    let calls = 0
    const beforeAttempt = (): void => {
      calls += 1
      if (calls > 1) throw spent
    }
    const error = await rejectionOf(name, () => call({ beforeAttempt }))
    // One who does not try again has nothing to refuse.
    if (calls > 1 && error !== spent) throw new ConformanceFailure(name, { expected: spent, found: error })
    expectEqual(`${name}: HTTP requests`, stage.traffic.requests() - before, 1)
  }
}

async function expectTold(subject: HttpSubject): Promise<void> {
  const stage = await setStage(subject, { count: 2 })
  for (const { name, call } of readsOf(stage)) {
    const before = { requests: stage.traffic.requests(), told: stage.attempts.length }
    await call()
    const told = stage.attempts.slice(before.told)
    const sent = stage.traffic.requests() - before.requests
    expectThat(`${name}: HTTP requests`, sent > 0, 'at least one', sent)
    expectEqual(`${name}: calls of onAttempt`, told.length, sent)
    for (const { source, status, durationMs } of told) {
      expectEqual(`${name}: the source passed to onAttempt`, source, SOURCE)
      const answered = status !== null && status >= 200 && status < 400
      expectThat(`${name}: the status passed to onAttempt`, answered, 'an HTTP status below 400', status)
      expectThat(`${name}: the duration`, durationMs >= 0, 'milliseconds', durationMs)
    }
    expectNoSecret(`${name}: what onAttempt receives`, told, stage.world.secrets)
  }
}

/** A provider that sends no HTTP requests announces none, and reports none. */
export function silenceCases(subject: Subject): CaseDefinition[] {
  return [{ name: 'attempts: none', run: () => expectNoAttempts(subject) }]
}

async function expectNoAttempts(subject: Subject): Promise<void> {
  const stage = await setStage(subject, { count: 3 })
  for (const { name, call } of callsOf(stage)) {
    let announced = 0
    await call({ beforeAttempt: () => void (announced += 1) })
    expectEqual(`${name}: calls of beforeAttempt`, announced, 0)
  }
  expectEqual('calls of onAttempt', stage.attempts, [])
}
