import type { FilterClause } from '@waybill/core'
import fc from 'fast-check'
import type { CaseDefinition } from './case.js'
import { expectEqual } from '../check/conformance-failure.js'
import { expectOrder, expectSelection } from '../read/selection.js'
import { largestPage, readAll } from '../read/reads.js'
import { rowsWithin, setStage, type Stage, type Subject } from '../read/stage.js'
import { declaredClauses, type DeclaredOperator } from './declared-clauses.js'

const COUNT = 96
const CONJUNCTIONS = 60

/** What is pushed down selects what core's evaluation selects. */
export function filterCases(subject: Subject): CaseDefinition[] {
  const declared = declaredClauses(subject.capabilities)
  const single = declared.map(({ field, operator, clauses }) => ({
    name: `filter: ${field} ${operator}`,
    run: async () => {
      const stage = await setFilledStage(subject)
      for (const clause of clauses) await expectFiltered(stage, [clause])
    },
  }))
  return declared.length === 0 ? [] : [...single, ...conjunctions(subject, declared)]
}

function conjunctions(subject: Subject, declared: readonly DeclaredOperator[]): CaseDefinition[] {
  const all = declared.flatMap(({ clauses }) => clauses)
  const fields = [...new Set(declared.map(({ field }) => field))]
  const ofOneField = fc.constantFrom(...fields).chain((field) => {
    const clause = fc.constantFrom(...all.filter((each) => each.field === field))
    return fc.array(clause, { minLength: 2, maxLength: 4 })
  })
  const ofSeveral = fc.uniqueArray(fc.constantFrom(...all), { selector: ({ field }) => field, maxLength: 5 })
  return [
    { name: 'filter: clauses on several fields', run: () => expectAll(subject, ofSeveral) },
    { name: 'filter: several clauses on one field', run: () => expectAll(subject, ofOneField) },
  ]
}

async function expectAll(subject: Subject, filters: fc.Arbitrary<FilterClause[]>): Promise<void> {
  const stage = await setFilledStage(subject)
  const largest = largestPage(subject.capabilities)
  const sizes = subject.capabilities.paging.kind === 'window' ? [largest] : [Math.min(20, largest), largest]
  const property = fc.asyncProperty(filters, fc.constantFrom(...sizes), (filter, size) =>
    expectFiltered(stage, filter, size),
  )
  const { errorInstance } = await fc.check(property, { numRuns: CONJUNCTIONS })
  // It names the smallest filter that was found to fail.
  if (errorInstance !== null) throw errorInstance as Error
}

function setFilledStage(subject: Subject): Promise<Stage> {
  return setStage(subject, { count: rowsWithin(subject.capabilities, COUNT) })
}

async function expectFiltered(stage: Stage, filter: readonly FilterClause[], size?: number): Promise<void> {
  const { messages, pages } = await readAll(stage, { filter }, size)
  expectSelection(stage, { filter }, messages)
  expectOrder(stage, messages)
  for (const { page, cursor } of pages) {
    const total = page?.total ?? cursor?.total ?? null
    if (total !== null) expectEqual(`total of ${JSON.stringify(filter)}`, total, messages.length)
  }
}
