import { parseArchiveUrl } from '@waybill/archive'
import { ConfigurationError, type ConfigurationIssue, nearestName } from '@waybill/core'
import { valueAt } from '@waybill/http'
import { SYNC_DEFAULTS } from './configuration.js'
import { HOST } from './configuration-schema.js'
import { describeFound } from './describe-found.js'
import type { JsonPath } from './json-path.js'
import { isLoopback } from './loopback.js'

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

/** A host that other machines can reach needs a decision about who may query. */
export function findOpenHost(root: unknown, givenBy: string = 'server.host'): ConfigurationIssue[] {
  const host = valueAt(root, ['server', 'host'])
  const auth = valueAt(root, ['server', 'auth'])
  if (typeof host !== 'string' || !HOST.test(host) || isLoopback(host) || auth !== undefined) return []
  const expected =
    '{ "bearerTokens": ["${WAYBILL_TOKEN}"] } to let in callers with a token, or "none" to let in everybody, ' +
    `since other machines can reach ${JSON.stringify(host)} (${givenBy}); or a host for this machine only, such as "127.0.0.1"`
  return [{ path: ['server', 'auth'], expected, found: 'nothing' }]
}

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

/** A URL of an archive that has another form than it means, with the form to write. */
export function findUnusableArchiveUrl(root: unknown): ConfigurationIssue[] {
  const url = valueAt(root, ['archive', 'url'])
  if (typeof url !== 'string') return []
  try {
    parseArchiveUrl(url)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.issues.map((issue) => ({ ...issue, path: ['archive', 'url'] }))
  }
}

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

/** An archive in the memory of a process, where several processes are to read it. */
export function findUnsharedArchive(root: unknown): ConfigurationIssue[] {
  const workers = valueAt(root, ['server', 'workers'])
  if (typeof workers !== 'number' || workers <= 1 || valueAt(root, ['archive', 'url']) !== 'sqlite::memory:')
    return []
  const expected = '1, or an archive in a file or on PostgreSQL, since no process sees the memory of another'
  return [{ path: ['server', 'workers'], expected, found: String(workers) }]
}

/** Persisted documents without a file, or a file that nobody may use. */
export function findMissingDocuments(root: unknown): ConfigurationIssue[] {
  const path = ['server', 'graphql', 'documentsFile']
  const mode = valueAt(root, ['server', 'graphql', 'documents'])
  const file = valueAt(root, path)
  if ((mode === 'prefer' || mode === 'only') && file === undefined) {
    const expected = `a file with the persisted documents, since "documents" is "${mode}"`
    return [{ path, expected, found: 'nothing' }]
  }
  if ((mode === undefined || mode === 'off') && file !== undefined) {
    const expected = '"prefer" or "only", since "documentsFile" is set'
    return [
      { path: ['server', 'graphql', 'documents'], expected, found: mode === undefined ? 'nothing' : '"off"' },
    ]
  }
  return []
}

/** Every token whose name or hash an earlier one has, and every id in its `sources` that no source has. */
export function findUnusableTokens(root: unknown): ConfigurationIssue[] {
  const tokens = listAt(root, ['server', 'auth', 'tokens'])
  const ids = listAt(root, ['sources']).map((source) => valueAt(source, ['id']))
  const known = ids.filter((id) => typeof id === 'string')
  return tokens.flatMap((token, index) => [
    ...findRepeatedValue(tokens, index, 'name'),
    ...findRepeatedValue(tokens, index, 'sha256'),
    ...listAt(token, ['sources']).flatMap((id, place) => {
      if (typeof id !== 'string' || known.includes(id)) return []
      const nearest = nearestName(id, known)
      const expected =
        nearest === null
          ? `the id of a source: ${known.join(', ')}`
          : `the id of a source (did you mean "${nearest}"?)`
      return [
        {
          path: ['server', 'auth', 'tokens', index, 'sources', place],
          expected,
          found: describeFound(id, false),
        },
      ]
    }),
  ])
}

function findRepeatedValue(
  tokens: readonly unknown[],
  index: number,
  name: 'name' | 'sha256',
): ConfigurationIssue[] {
  const values = tokens.map((token) => valueAt(token, [name]))
  const first = values.indexOf(values[index])
  if (typeof values[index] !== 'string' || first === index) return []
  const expected = name === 'name' ? 'a name that no other token has' : 'the hash of another token'
  return [
    { path: ['server', 'auth', 'tokens', index, name], expected, found: `the same as in tokens[${first}]` },
  ]
}

function listAt(value: unknown, path: JsonPath): readonly unknown[] {
  const list = valueAt(value, path)
  return Array.isArray(list) ? list : []
}
