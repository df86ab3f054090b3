import type { CaseDefinition } from '../case-definition.js'
import { expectEqual } from '../check/conformance-failure.js'
import { callsOf } from '../read/reads.js'
import { setStage, type Subject } from '../read/stage.js'

/** A provider that sends no HTTP requests asks for none, and tells of none. */
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
