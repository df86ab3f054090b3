import { nearestName, type ConfigurationIssue } from '@waybill/core'
import { valueAt } from '@waybill/http'
import { z } from 'zod'
import { describeFound } from './describe-found.js'
import type { JsonPath } from './json-path.js'

/** What is being checked, and against what. */
interface Check {
  readonly schema: z.ZodType
  readonly value: unknown
  /** Whether the text at a path must not be quoted. */
  readonly isSecret: (path: JsonPath) => boolean
}

/** Everything in which a value departs from a schema, each with what stands there. */
export function findSchemaIssues(check: Check): ConfigurationIssue[] {
  const issues = check.schema.safeParse(check.value).error?.issues ?? []
  return issues.flatMap((issue) => translate(issue, [], check))
}

function translate(issue: z.core.$ZodIssue, parent: JsonPath, check: Check): ConfigurationIssue[] {
  const path = [...parent, ...issue.path.filter((step) => typeof step !== 'symbol')]
  if (issue.code === 'unrecognized_keys') {
    const known = knownNames(check.schema, path)
    return issue.keys.map((name) => unknownName(name, path, known, check.isSecret(path)))
  }
  const meant = issue.code === 'invalid_union' ? issue.errors.find(isInside) : undefined
  if (meant !== undefined) return meant.flatMap((inner) => translate(inner, path, check))
  const found = describeFound(valueAt(check.value, path), check.isSecret(path))
  return [{ path, expected: issue.message, found }]
}

// The alternative whose errors lie within the value is the one that the value was meant to be.
function isInside(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys')
}

// The value under an unknown name is not shown: it may be a credential whose name is misspelt. So may the name itself, where a list
// of credentials was written as an object.
function unknownName(
  name: string,
  path: JsonPath,
  known: readonly string[],
  isSecret: boolean,
): ConfigurationIssue {
  const nearest = nearestName(name, known)
  const expected =
    nearest === null
      ? `one of the names ${known.map((one) => `"${one}"`).join(', ')}`
      : `a known name (did you mean "${nearest}"?)`
  const isShown = nearest !== null || (!isSecret && !isRandom(name))
  return isShown
    ? { path: [...path, name], expected, found: 'an unknown name' }
    : { path, expected, found: `an unknown name of ${name.length} characters` }
}

/** Whether a name is long and has digits, which names of settings do not. */
function isRandom(name: string): boolean {
  return name.length >= 12 && /\d/.test(name)
}

/** The property names that a schema knows at a path of the value it describes. */
function knownNames(schema: unknown, path: JsonPath): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return knownNames(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => knownNames(option, path))
  const [step, ...rest] = path
  if (schema instanceof z.ZodObject) {
    return step === undefined ? Object.keys(schema.shape) : knownNames(schema.shape[step], rest)
  }
  return schema instanceof z.ZodArray ? knownNames(schema.element, rest) : []
}
