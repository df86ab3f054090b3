import { ConfigurationError, nearestName, type ConfigurationIssue } from '@waybill/core'
import * as z from 'zod/mini'
import { describe, valueAt } from './describe.js'

/** A credential that an HTTP header can carry. What was found is never quoted: it may be the credential. */
export const credential: z.ZodMiniType<string, string> = z
  .string('text')
  .check(z.regex(/^[\x21-\x7E]+$/, 'text of visible ASCII characters without white space'))

/** The URL that all paths of the API are below, parsed; never quoted either, for it may hold a password. */
export const baseUrl: z.ZodMiniType<URL, string> = z.pipe(
  z.string('an http or https URL'),
  z.transform((text, context): URL => {
    const url = URL.parse(text)
    for (const { expected, found } of urlFaults(url)) {
      context.issues.push({ code: 'custom', message: expected, input: text, params: { found } })
    }
    return url ?? z.NEVER
  }),
)

interface Fault {
  readonly expected: string
  readonly found: string
}

function urlFaults(url: URL | null): Fault[] {
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return [
      {
        expected: 'an http or https URL',
        found: url === null ? 'text that is no URL' : 'a URL of another scheme',
      },
    ]
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

/**
 * Reads the options of a provider.
 *
 * @param names All options, for the error about an unknown one.
 * @throws ConfigurationError listing all that is wrong.
 */
export function parseOptions<T>(schema: z.ZodMiniType<T>, options: unknown, names: readonly string[]): T {
  const result = schema.safeParse(options)
  if (result.success) return result.data
  throw new ConfigurationError(result.error.issues.flatMap((issue) => toIssues(issue, options, names)))
}

function toIssues(issue: z.core.$ZodIssue, options: unknown, names: readonly string[]): ConfigurationIssue[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownOption(key, names))
  const found: unknown = issue.code === 'custom' ? issue.params?.['found'] : undefined
  return [
    {
      path: issue.path.filter((step) => typeof step !== 'symbol'),
      expected: issue.message,
      found: typeof found === 'string' ? found : describe(valueAt(options, issue.path)),
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
