import type { CaseDefinition } from '../case-definition.js'
import { expectOrder } from '../check/order.js'
import { expectSelection } from '../check/selection.js'
import { readAll } from '../read/read-all.js'
import { rowsWithin, setStage, type Subject } from '../read/stage.js'
import { SEARCHES, TEXTS } from '../world/texts.js'
import { declaredClauses } from './declared-clauses.js'

/** What is searched upstream is found as core's search finds it. */
export function searchCases(subject: Subject): CaseDefinition[] {
  if (subject.capabilities.search === 'none') return []
  const count = rowsWithin(subject.capabilities, TEXTS.length * 2)
  const terms = Object.entries(SEARCHES).map(([name, search]) => ({
    name: `search: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count })
      const { messages } = await readAll(stage, { search })
      expectSelection(stage, { search }, messages)
      expectOrder(stage, messages)
    },
  }))
  const [declared] = declaredClauses(subject.capabilities)
  if (declared === undefined) return terms
  const filtered = {
    name: 'search: together with a filter',
    run: async () => {
      const stage = await setStage(subject, { count })
      for (const clause of declared.clauses) {
        const query = { filter: [clause], search: 'order' }
        expectSelection(stage, query, (await readAll(stage, query)).messages)
      }
    },
  }
  return [...terms, filtered]
}
