import type { ConfigurationIssue } from '@waybill/core'
import { valueAt } from '../json-path.js'

/** Every source whose shortest pause is longer than its longest. */
export function findCrossedPollBounds(root: unknown): ConfigurationIssue[] {
  const sources = valueAt(root, ['sources'])
  if (!Array.isArray(sources)) return []
  return sources.flatMap((source: unknown, index) => {
    const minimum = valueAt(source, ['sync', 'minPollSeconds'])
    const maximum = valueAt(source, ['sync', 'maxPollSeconds'])
    if (typeof minimum !== 'number' || typeof maximum !== 'number' || minimum <= maximum) return []
    const expected = `at most maxPollSeconds (${maximum})`
    return [{ path: ['sources', index, 'sync', 'minPollSeconds'], expected, found: String(minimum) }]
  })
}
