import type { ConfigurationIssue } from '@waybill/core'
import { SYNC_DEFAULTS } from '../fill-defaults.js'
import { valueAt } from '../json-path.js'

/** Every source whose shortest pause is longer than its longest. */
export function findCrossedPollBounds(root: unknown): ConfigurationIssue[] {
  const sources = valueAt(root, ['sources'])
  if (!Array.isArray(sources)) return []
  return sources.flatMap((source: unknown, index) => {
    const { minPollSeconds, maxPollSeconds } = SYNC_DEFAULTS
    const minimum = valueAt(source, ['sync', 'minPollSeconds']) ?? minPollSeconds
    const maximum = valueAt(source, ['sync', 'maxPollSeconds']) ?? maxPollSeconds
    if (typeof minimum !== 'number' || typeof maximum !== 'number' || minimum <= maximum) return []
    // What was left to its default is not what is wrong.
    const [name, bound] =
      minimum === minPollSeconds
        ? (['maxPollSeconds', `at least minPollSeconds (${minimum})`] as const)
        : (['minPollSeconds', `at most maxPollSeconds (${maximum})`] as const)
    const found = String(name === 'minPollSeconds' ? minimum : maximum)
    return [{ path: ['sources', index, 'sync', name], expected: bound, found }]
  })
}
