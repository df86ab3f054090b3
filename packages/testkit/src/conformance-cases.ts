import { type CaseDefinition, type ConformanceCase, declareNotSupported } from './cases/case.js'
import { abortCases, abortedTrafficCases } from './cases/abort.js'
import { attemptCases, silenceCases } from './cases/attempts.js'
import { bodyCases } from './cases/bodies.js'
import { countCases } from './cases/counts.js'
import { cursorCases, numberedPageCases, windowCases } from './cases/pages.js'
import { declarationCases, optionCases } from './cases/declaration.js'
import { failureCases } from './cases/failures.js'
import { fidelityCases, timeZoneCases } from './cases/fidelity.js'
import { filterCases } from './cases/filters.js'
import { foundMessageCases, singleMessageCases } from './cases/single-message.js'
import { historyCases, listingCases, rejectedRowCases } from './cases/listing.js'
import { refusalCases } from './cases/refusals.js'
import { searchCases, sortCases, sparseFieldCases } from './cases/queries.js'
import { ConformanceFailure } from './check/conformance-failure.js'
import { attempt } from './read/rejection.js'
import { SOURCE, type Subject } from './read/stage.js'
import { type ConformanceWorld, trafficOf } from './world/world.js'

/**
 * All that a provider has to do, by what its capabilities declare: an operator that is declared is compared with
 * core's own evaluation, one that is not has to be refused. No test framework is needed to run them.
 *
 * @throws TypeError when `notSupported` names an unknown case, or the world has only one of `fail` and
 *   `requests`.
 */
export function conformanceCases(world: ConformanceWorld): ConformanceCase[] {
  const { capabilities, get, find, history } = world.create(world.options ?? {}, { source: SOURCE })
  const subject: Subject = {
    world,
    capabilities,
    canGet: get !== undefined,
    canFind: find !== undefined,
    hasHistory: history !== undefined,
    traffic: trafficOf(world),
  }
  const definitions = definitionsFor(subject).map(withFailuresNamed)
  return declareNotSupported(definitions, world.notSupported ?? {})
}

function definitionsFor(subject: Subject): CaseDefinition[] {
  return [
    ...declarationCases(subject),
    ...optionCases(subject),
    ...listingCases(subject),
    ...pagingCases(subject),
    ...filterCases(subject),
    ...searchCases(subject),
    ...sortCases(subject),
    ...sparseFieldCases(subject),
    ...refusalCases(subject),
    ...singleMessageCases(subject),
    ...foundMessageCases(subject),
    ...countCases(subject),
    ...historyCases(subject),
    ...timeZoneCases(subject),
    ...abortCases(subject),
    ...trafficCases(subject),
  ]
}

function trafficCases({ traffic, ...subject }: Subject): CaseDefinition[] {
  if (traffic === null) return silenceCases({ ...subject, traffic })
  const sending = { ...subject, traffic }
  return [
    ...attemptCases(sending),
    ...abortedTrafficCases(sending),
    ...failureCases(sending),
    ...bodyCases(sending),
    ...rejectedRowCases(sending),
    ...fidelityCases(sending),
  ]
}

function pagingCases(subject: Subject): CaseDefinition[] {
  const { paging } = subject.capabilities
  if (paging.kind === 'window') return windowCases(subject, paging)
  return paging.kind === 'page' ? numberedPageCases(subject, paging) : cursorCases(subject, paging)
}

/** What a provider rejects with where it should not is a failure like any other. */
function withFailuresNamed({ name, run }: CaseDefinition): CaseDefinition {
  return {
    name,
    run: async () => {
      const outcome = await attempt(run)
      if (!('error' in outcome)) return
      if (outcome.error instanceof ConformanceFailure) throw outcome.error
      throw new ConformanceFailure(name, { expected: 'no error', found: outcome.error })
    },
  }
}
