import type { ConfigurationIssue } from '@waybill/core'
import { isLoopback } from '../loopback.js'
import { valueAt } from '../json-path.js'

/** A host that other machines can reach needs a decision about who may query. */
export function findOpenHost(root: unknown): ConfigurationIssue[] {
  const host = valueAt(root, ['server', 'host'])
  const auth = valueAt(root, ['server', 'auth'])
  if (typeof host !== 'string' || host === '' || isLoopback(host) || auth !== undefined) return []
  const expected =
    '{ "bearerTokens": ["${WAYBILL_TOKEN}"] } to answer only who knows a token, or "none" to answer everybody, ' +
    'since the host is not loopback'
  return [{ path: ['server', 'auth'], expected, found: 'nothing' }]
}
