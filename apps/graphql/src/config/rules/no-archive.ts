import type { ConfigurationIssue } from '@waybill/core'
import { valueAt } from '../json-path.js'

/** The form of a configuration knows the archive, this version does not have it: say so instead of serving less. */
export function findArchiveUse(root: unknown): ConfigurationIssue[] {
  const sources = valueAt(root, ['sources'])
  const reads = Array.isArray(sources) ? sources.map((_, index) => ['sources', index, 'read']) : []
  return [['archive'], ...reads].flatMap((path) => {
    const value = valueAt(root, path)
    if (path.length === 1 ? value === undefined : value !== 'archive') return []
    const found = path.length === 1 ? 'one' : '"archive"'
    return [{ path, expected: `no archive: this version has none yet; remove "${path.at(-1)}"`, found }]
  })
}
