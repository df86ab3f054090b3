import { ConfigurationError, type ConfigurationIssue, nearestName } from '@waybill/core'
import * as z from 'zod/mini'
import { describeValue, valueAt } from './value.js'

/**
 * Reads the options of a provider.
 *
 * @param shape All options by name, each with its schema of zod or zod/mini, whose messages are the object of
 * "expected …". An issue of code `custom` may describe in `params.found` what was found, without quoting it.
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

/** The option for a credential that an HTTP header can carry: visible ASCII characters without white space. */
export const credentialSchema: z.ZodMiniType<string, string> = z
  .string('text')
  .check(z.regex(/^[\x21-\x7E]+$/, 'text of visible ASCII characters without white space'))

/**
 * The option for the URL that all paths of an API are below, parsed: http or https, without credentials, query and
 * fragment. What was found instead is never quoted, for it may hold a password.
 */
export const baseUrlSchema: z.ZodMiniType<URL, string> = z.pipe(
  z.string('an http or https URL'),
  z.transform((text, context): URL => {
    const url = URL.parse(text)
    for (const { expected, found } of faultsOf(url)) {
      context.issues.push({ code: 'custom', message: expected, input: text, params: { found } })
    }
    return url ?? z.NEVER
  }),
)

interface Fault {
  readonly expected: string
  readonly found: string
}

function faultsOf(url: URL | null): Fault[] {
  if (url === null) return [{ expected: 'an http or https URL', found: 'text that is no URL' }]
  if (!/^https?:$/.test(url.protocol)) {
    return [{ expected: 'an http or https URL', found: 'a URL of another scheme' }]
  }
  const faults: Fault[] = []
  if (url.username !== '' || url.password !== '') {
    faults.push({ expected: 'a URL without user name and password', found: 'a URL with them' })
  }
  if (url.search !== '' || url.hash !== '') {
    faults.push({ expected: 'a URL that ends with its path', found: 'a query or a fragment behind it' })
  }
  return faults
}
