import type { CaseDefinition } from '../case-definition.js'
import { expectReason } from '../check/abort-reason.js'
import { expectEqual } from '../check/conformance-failure.js'
import { attempt } from '../check/rejection.js'
import { callsOf } from '../read/reads.js'
import { setStage, type Subject } from '../read/stage.js'
import { aMoment } from '../read/until.js'

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
