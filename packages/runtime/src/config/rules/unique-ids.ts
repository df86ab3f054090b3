import type { ConfigurationIssue } from '@waybill/core'
import { describeFound } from '../describe-found.js'
import { valueAt, type JsonPath } from '../json-path.js'

/** Every source whose id an earlier one has. */
export function findRepeatedIds(root: unknown, isSecret: (path: JsonPath) => boolean): ConfigurationIssue[] {
  const sources = valueAt(root, ['sources'])
  const ids = Array.isArray(sources) ? sources.map((_, index) => valueAt(sources, [index, 'id'])) : []
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    if (typeof id !== 'string' || first === index) return []
    const path = ['sources', index, 'id']
    const found = `${describeFound(id, isSecret(path))} as in sources[${first}]`
    return [{ path, expected: 'an id that no other source has', found }]
  })
}
