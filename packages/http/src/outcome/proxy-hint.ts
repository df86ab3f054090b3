/** The environment variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * What the variables for proxies have to do with an upstream that cannot be reached; null where nothing. Their values are
 * not shown: a proxy's address may hold its password.
 */
export function proxyHint(url: URL, environment: Environment): string | null {
  if (isExcluded(url.hostname, environment)) return null
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const set = [name, name.toLowerCase()].find((each) => (environment[each] ?? '') !== '')
  if (set === undefined && isLoopback(url.hostname)) return null
  if (set === undefined) {
    return `Where this machine reaches others through a proxy only, set ${name} and NODE_USE_ENV_PROXY=1 before the start.`
  }
  return usesProxy(environment)
    ? `Requests go through the proxy that ${set} names: check that too.`
    : `${set} is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1, set before the start.`
}

function usesProxy({ NODE_USE_ENV_PROXY: use, NODE_OPTIONS: options = '' }: Environment): boolean {
  return use === '1' || options.includes('--use-env-proxy')
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}

function isExcluded(hostname: string, environment: Environment): boolean {
  const list = environment['NO_PROXY'] ?? environment['no_proxy'] ?? ''
  return list.split(/[\s,]+/).some((entry) => {
    const suffix = entry.replace(/^\*?\.?/, '').replace(/:\d+$/, '')
    return entry === '*' || (suffix !== '' && (hostname === suffix || hostname.endsWith(`.${suffix}`)))
  })
}
