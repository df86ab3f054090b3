import * as z from 'zod/mini'

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
