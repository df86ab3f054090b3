/** The environment variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The proxy that Node.js sends a request through. */
export interface UsedProxy {
  /** The environment variable that names it. */
  readonly variable: string
  /** Its address. Only host and port may be shown: user name and password may be in it too. */
  readonly url: URL
}

/** The proxy that requests to a URL go through; null where they go directly. */
export function proxyOf(url: URL, environment: Environment): UsedProxy | null {
  if (!usesProxy(environment) || isExcluded(url, environment)) return null
  const variable = variableFor(url, environment)
  const value = variable === undefined ? '' : (environment[variable] ?? '')
  return variable !== undefined && URL.canParse(value) ? { variable, url: new URL(value) } : null
}

/** What the variables for proxies can change for an upstream that is reached without one; null where nothing. */
export function proxyHint(url: URL, environment: Environment): string | null {
  if (isExcluded(url, environment)) return null
  const variable = variableFor(url, environment)
  if (variable !== undefined && !usesProxy(environment)) {
    return `${variable} is set, but Node.js uses it only with NODE_USE_ENV_PROXY=1, set before the start.`
  }
  if (variable !== undefined || isLoopback(url.hostname)) return null
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  return `Where this machine reaches others through a proxy only, set ${name} and NODE_USE_ENV_PROXY=1 before the start.`
}

function usesProxy({ NODE_USE_ENV_PROXY: use, NODE_OPTIONS: options = '' }: Environment): boolean {
  return use === '1' || options.includes('--use-env-proxy')
}

/** In the order in which Node.js reads them: it sends HTTPS through the proxy for HTTP where there is no other. */
function variableFor({ protocol }: URL, environment: Environment): string | undefined {
  const forHttps = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : []
  return [...forHttps, 'http_proxy', 'HTTP_PROXY'].find((name) => (environment[name] ?? '') !== '')
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}

function isExcluded({ hostname, port, protocol }: URL, environment: Environment): boolean {
  const list = environment['no_proxy'] ?? environment['NO_PROXY'] ?? ''
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  return list.split(/[\s,]+/).some((entry) => {
    const [, host = '', onlyPort = ownPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    const isHost = host !== '' && (hostname === host || hostname.endsWith(`.${host}`))
    return entry === '*' || (isHost && onlyPort === ownPort)
  })
}
