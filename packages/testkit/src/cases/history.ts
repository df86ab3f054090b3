import type { CaseDefinition } from '../case-definition.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { setStage, type Subject } from '../read/stage.js'

/** What a provider says is missing from its lists. */
export function historyCases(subject: Subject): CaseDefinition[] {
  if (!subject.hasHistory) return []
  return [
    { name: 'history: of no rows', run: () => expectSoundHistory(subject, 0) },
    { name: 'history: of several rows', run: () => expectSoundHistory(subject, 9) },
  ]
}

async function expectSoundHistory(subject: Subject, count: number): Promise<void> {
  const { provider } = await setStage(subject, { count })
  const history = await provider.history?.()
  const { reachesBackTo = Number.NaN, gaps = [] } = history ?? {}
  const isTime = reachesBackTo === null || Number.isSafeInteger(reachesBackTo)
  expectThat('reachesBackTo', isTime, 'whole milliseconds or null', reachesBackTo)
  const edges = gaps.flatMap(({ from, to }) => [from, to])
  expectThat('the gaps', edges.every(Number.isSafeInteger), 'whole milliseconds', gaps)
  expectEqual(
    'the edges of the gaps, oldest first',
    edges,
    edges.toSorted((a, b) => a - b),
  )
  const isWithin = edges.every((edge) => edge >= (reachesBackTo ?? edge))
  expectThat('the gaps', isWithin, `not before reachesBackTo (${reachesBackTo})`, gaps)
}
