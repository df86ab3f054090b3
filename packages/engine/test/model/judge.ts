import type { SourceWarningCode } from '@waybill/core'
import type { Evidence } from './evidence.js'
import { ANY, CODES_OF_MOVEMENT, type Defect, EXCUSED, EXPECTATIONS } from './expectations.js'
import { knowable } from './knowable.js'
import { liesAbout, liesOf } from './lie.js'
import { isHidden, isUnreadable } from './tampering.js'

export interface Judgement {
  /**
   * `exact`: what was wanted, all of it, once and in order. `reported`: not that, and it was said. `unknowable`: not
   * that, and nothing told it. `cut`: the traversal was broken off for another source.
   */
  readonly finding: 'exact' | 'reported' | 'unknowable' | 'cut' | 'wrong'
  readonly faults: readonly string[]
}

/** So many rows may vanish between the count and the rows of one page, for all that a single look tells. */
const VANISHING = 6

const PASSING = /^The (?:model failed|answer was lost)\.$/

const LASTING = /for good/

/** Holds what came of a source against the truth of its table. */
export function judge(evidence: Evidence): Judgement {
  const { upstream, census, codes, error, isCut } = evidence
  const expected = upstream.lies.map(({ kind }) => EXPECTATIONS[kind])
  const moved = census.changes === 0 ? [] : CODES_OF_MOVEMENT
  const fitting = new Set([...moved, 'TIES_UNPROVEN', ...expected.flatMap((each) => each.codes)])
  const named = [...codes].filter((code) => upstream.lies.length === 0 || fitting.has(code))
  const isFailureTold =
    error === null || PASSING.test(error) || expected.some((each) => each.error?.test(error) === true)
  const excused = new Set<Defect>(
    upstream.lies.length === 0 && named.length > 0 ? ANY : named.flatMap((code) => EXCUSED[code] ?? []),
  )
  const isAboutLie = error !== null && !PASSING.test(error) && !LASTING.test(error)
  if (isAboutLie) for (const defect of ANY) excused.add(defect)
  if (error !== null || isCut) excused.add('lost')
  const { defects, untold, wrong } = defectsOf(evidence, named)
  const free = knowable(evidence)
  const open = defects.filter(([defect]) => !excused.has(defect) && !free.has(defect))
  const faults = [
    ...(isFailureTold ? [] : [`failed: ${error}`]),
    ...wrong.map((id) => `wrong ${id}`),
    ...untold,
    ...open.map(([defect, id]) => `${defect} ${id}`),
  ]
  if (faults.length > 0) return { finding: 'wrong', faults }
  const isExact = defects.length === 0 && missing(evidence).length === 0 && error === null
  if (isExact) return { finding: 'exact', faults }
  if (named.length > 0 || error !== null) return { finding: 'reported', faults }
  return { finding: isCut ? 'cut' : 'unknowable', faults }
}

/** Rows that no page brings, or none that could be read. */
function missing({ upstream, census }: Evidence): string[] {
  return [...census.stable].filter(
    (id) => isHidden(upstream, Number(id)) || isUnreadable(upstream.lies, Number(id)),
  )
}

interface Defects {
  readonly defects: readonly (readonly [defect: Defect, id: string])[]
  /** What should have been said of rows that could not come. */
  readonly untold: readonly string[]
  readonly wrong: readonly string[]
}

function defectsOf(evidence: Evidence, named: readonly SourceWarningCode[]): Defects {
  const { upstream, census, history, error, isCut, rejected } = evidence
  const { lost, repeated, disordered, wrong } = census.tally()
  const absent = missing(evidence)
  const hidden = absent.filter((id) => isHidden(upstream, Number(id)))
  // A list that hides whole pages may be taken for ended before a row comes that cannot be read.
  const unreadable = absent.filter((id) => !isHidden(upstream, Number(id)) && rejected.has(id))
  // A page that lacks one row of many may as well be one that was cut, unless its size is told.
  const isFew = liesOf(upstream.lies, 'hidden-rows').some(({ shape }) => shape === 'few')
  const isTold =
    upstream.tellsTotal &&
    (upstream.tellsPageSize || !isFew) &&
    !liesAbout(upstream, 'false-figure') &&
    history.range === null
  const streams = history.direction === 'never' ? 1 : 2
  const uncertain = streams * VANISHING
  const isSaid = (code: SourceWarningCode): boolean => named.includes(code) || error !== null || isCut
  const isExcused = (code: SourceWarningCode): boolean => EXCUSED[code]?.includes('lost') === true
  const untold = [
    ...(isTold &&
    hidden.length > census.changes + uncertain &&
    error === null &&
    !isCut &&
    !named.some(isExcused)
      ? [`hid ${hidden.length} rows, untold`]
      : []),
    ...(unreadable.length > 0 && !isSaid('ROW_REJECTED')
      ? [`set ${unreadable.length} rows aside, untold`]
      : []),
  ]
  const isOneDirection = history.filter.some(({ field }) => field === 'direction')
  const isMisled =
    liesAbout(upstream, 'direction-ignored') && isOneDirection && named.includes('DIRECTION_IGNORED')
  return {
    defects: [
      ...lost.filter((id) => !absent.includes(id)).map((id) => ['lost', id] as const),
      ...repeated.map((id) => ['repeated', id] as const),
      ...disordered.map((id) => ['disordered', id] as const),
    ],
    untold,
    wrong: isMisled ? [] : wrong,
  }
}
