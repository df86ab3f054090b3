import { ConfigurationError, nearestName, type ConfigurationIssue } from '@waybill/core'
import * as z from 'zod/mini'
import { describeValue } from './describe-value.js'
import { valueAt } from './value-at.js'

/**
 * Reads the options of a provider.
 *
 * @param shape All options by name, each with its schema of zod or zod/mini, whose messages are the object of
 * "expected …". An issue of code `custom` may say in `params.found` what was found; it must quote nothing of it.
 * @throws ConfigurationError listing all that is wrong. It quotes no value, for it may be a credential, and names the
 * option that was probably meant by an unknown one.
 *
 * @example const { token, baseUrl } = parseOptions({ token: credentialSchema, baseUrl: baseUrlSchema }, options)
 */
export function parseOptions<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  options: unknown,
): z.output<z.ZodMiniObject<Shape, z.core.$strict>> {
  const schema: z.ZodMiniObject<Shape, z.core.$strict> = z.strictObject(shape, 'an object')
  const result = z.safeParse(schema, options)
  if (result.success) return result.data
  const names = Object.keys(shape)
  throw new ConfigurationError(result.error.issues.flatMap((issue) => toIssues(issue, options, names)))
}

function toIssues(issue: z.core.$ZodIssue, options: unknown, names: readonly string[]): ConfigurationIssue[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      path.length === 0 ? unknownOption(key, names) : unknownMember([...path, key]),
    )
  }
  const found: unknown = issue.code === 'custom' ? issue.params?.['found'] : undefined
  return [
    {
      path,
      expected: issue.message,
      found: typeof found === 'string' ? found : describeValue(valueAt(options, path)),
    },
  ]
}

function unknownOption(name: string, names: readonly string[]): ConfigurationIssue {
  const meant = nearestName(name, names)
  const hint = meant === null ? '' : ` (did you mean ${meant}?)`
  return {
    path: [name],
    expected: `one of the options ${names.join(', ')}${hint}`,
    found: 'an unknown option',
  }
}

function unknownMember(path: ConfigurationIssue['path']): ConfigurationIssue {
  return { path, expected: 'a member that is documented', found: 'an unknown one' }
}
