import type { ConfigurationIssue } from '@waybill/core'
import type { JsonPath } from './json-path.js'

/** The process's environment, or one made for a test. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A JSON value with the environment's values in place. */
export interface Substitution {
  readonly value: unknown
  /** Values that were taken from the environment. Each one counts as a secret. */
  readonly secrets: readonly string[]
  /** Where a text holds values from the environment. */
  readonly substituted: readonly JsonPath[]
  /** Where a text could not be completed; the value has nothing there. */
  readonly unresolved: readonly JsonPath[]
  readonly issues: readonly ConfigurationIssue[]
}

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g

/**
 * Puts the environment's values in place of `${NAME}` in every text of a JSON value; `$${` stands for a literal `${`.
 * What a variable holds is taken as it is: it is never searched for references again.
 */
export function substituteEnvironment(root: unknown, environment: Environment): Substitution {
  const secrets: string[] = []
  const substituted: JsonPath[] = []
  const unresolved: JsonPath[] = []
  const issues: ConfigurationIssue[] = []

  const resolve = (text: string, path: JsonPath): string | undefined => {
    const faults = [...text.matchAll(REFERENCE)].flatMap(([reference, name]) =>
      faultOf(reference, name, environment),
    )
    if (faults.length > 0) {
      issues.push(...faults.map((fault) => ({ path, ...fault })))
      unresolved.push(path)
      return undefined
    }
    return text.replace(REFERENCE, (_: string, name: string | undefined) => {
      if (name === undefined) return '${'
      const value = environment[name] ?? ''
      secrets.push(value)
      substituted.push(path)
      return value
    })
  }
  const value = mapTexts(root, [], resolve)
  return { value, secrets, substituted, unresolved, issues }
}

type Fault = Omit<ConfigurationIssue, 'path'>

function faultOf(reference: string, name: string | undefined, environment: Environment): Fault[] {
  if (reference === '$${') return []
  if (name === undefined) return [MALFORMED]
  if (Object.hasOwn(environment, name) && environment[name] !== undefined) return []
  return [{ expected: `the environment variable ${name} to be set`, found: 'nothing' }]
}

const MALFORMED: Fault = {
  expected: 'a name of letters, digits and underscores within "${…}", or "$${" for a literal "${"',
  found: 'a "${" without one',
}

type TextMap = (text: string, path: JsonPath) => string | undefined

function mapTexts(value: unknown, path: JsonPath, map: TextMap): unknown {
  if (typeof value === 'string') return map(value, path)
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, [...path, index], map))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapTexts(item, [...path, name], map)]),
  )
}
