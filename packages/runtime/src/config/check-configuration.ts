import type { ConfigurationIssue } from '@waybill/core'
import { substituteEnvironment, type Environment } from './environment.js'
import { isWithin, type JsonPath } from './json-path.js'
import { configurationSchema } from './configuration-schema.js'
import {
  findCrossedPollBounds,
  findMissingArchive,
  findMissingDocuments,
  findOpenHost,
  findRepeatedIds,
  findUnsharedArchive,
  findUnusableArchiveUrl,
  findUnusableTokens,
} from './rules.js'
import { findSchemaIssues } from './schema-issues.js'
import { collectSecrets, isCredentialPath } from './secrets.js'

/** A configuration as far as it can be judged without its providers. */
export interface CheckedConfiguration {
  /** The JSON value, the environment's values in place. It has the form of a `ConfigurationFile` when there are no issues. */
  readonly value: unknown
  readonly issues: readonly ConfigurationIssue[]
  /** Where a text could not be completed from the environment: nothing can be said about what stands there. */
  readonly unresolved: readonly JsonPath[]
  readonly secrets: readonly string[]
}

/**
 * Finds everything that is wrong with a configuration's form.
 * @param hostGivenBy the flag or variable that gave the host, where it is not the file's
 */
export function checkConfiguration(
  root: unknown,
  environment: Environment,
  hostGivenBy?: string,
): CheckedConfiguration {
  const { value, secrets, substituted, unresolved, issues } = substituteEnvironment(root, environment)
  const isSecret = (path: JsonPath): boolean =>
    isCredentialPath(path) || substituted.some((ancestor) => isWithin(path, ancestor))
  const found = [
    ...findSchemaIssues({ schema: configurationSchema, value, isSecret }),
    ...findRepeatedIds(value, isSecret),
    ...findOpenHost(value, hostGivenBy),
    ...findCrossedPollBounds(value),
    ...findMissingArchive(value),
    ...findMissingDocuments(value),
    ...findUnusableArchiveUrl(value),
    ...findUnusableTokens(value),
    ...findUnsharedArchive(value),
  ]
  return {
    value,
    issues: [...issues, ...dropUnresolved(found, unresolved)],
    unresolved,
    secrets: [...new Set([...secrets, ...collectSecrets(value)])].filter((secret) => secret !== ''),
  }
}

/** The issues that are about something that is really there. */
export function dropUnresolved(
  issues: readonly ConfigurationIssue[],
  unresolved: readonly JsonPath[],
): ConfigurationIssue[] {
  return issues.filter((issue) => !unresolved.some((ancestor) => isWithin(issue.path, ancestor)))
}
