import type { ConfigurationIssue } from '@waybill/core'
import type { z } from 'zod'
import { describeFound } from '../describe-found.js'
import { valueAt, type JsonPath } from '../json-path.js'
import { nearestName } from '../nearest-name.js'
import { knownNames } from './known-names.js'

/**
 * Everything in which a value departs from a schema, each with what stands there.
 * @param isSecret Whether the text at a path must not be quoted.
 */
export function findSchemaIssues(
  schema: z.ZodType,
  value: unknown,
  isSecret: (path: JsonPath) => boolean,
): ConfigurationIssue[] {
  const issues = schema.safeParse(value).error?.issues ?? []
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((name) => unknownName(name, path, knownNames(schema, path)))
    }
    return [{ path, expected: issue.message, found: describeFound(valueAt(value, path), isSecret(path)) }]
  })
}

// The value under an unknown name is not shown: it may be a credential whose name is misspelt.
function unknownName(name: string, path: JsonPath, known: readonly string[]): ConfigurationIssue {
  const nearest = nearestName(name, known)
  const expected =
    nearest === undefined
      ? `one of the names ${known.map((one) => `"${one}"`).join(', ')}`
      : `a known name (did you mean "${nearest}"?)`
  return { path: [...path, name], expected, found: 'an unknown one' }
}
