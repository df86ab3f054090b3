import type { ConfigurationIssue } from '@waybill/core'
import { valueAt } from '../json-path.js'

/** Every source that is to be read from an archive where there is none. */
export function findMissingArchive(root: unknown): ConfigurationIssue[] {
  const sources = valueAt(root, ['sources'])
  if (!Array.isArray(sources) || valueAt(root, ['archive']) !== undefined) return []
  return sources.flatMap((source: unknown, index) => {
    if (valueAt(source, ['read']) !== 'archive') return []
    const expected =
      '"live", or an archive to read from: { "url": "sqlite:./waybill.db" } as "archive" of the file'
    return [{ path: ['sources', index, 'read'], expected, found: '"archive" without one' }]
  })
}
