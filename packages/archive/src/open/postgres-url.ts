import { ConfigurationError } from '@waybill/core'

const EXPECTED =
  '"postgres://USER:PASSWORD@HOST:PORT/DATABASE", with user, password and database percent-encoded ("#" is "%23", "/" is "%2F", "@" is "%40", "%" is "%25")'

/** What the driver knows, `disable` first. Those that it takes for another one are written as that. */
const SSL_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full']
const AS_VERIFY_FULL = /([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/

/** The parameters that have an effect. The driver passes over all others, so that a slip in `sslmode` would go unseen. */
const PARAMETERS = [
  'host',
  'port',
  'user',
  'password',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslnegotiation',
  'ssl',
  'uselibpqcompat',
  'application_name',
  'options',
]

/** In `postgres://user:password@/database?host=/folder`, a parameter names the folder of a socket in place of a host. */
const NO_HOST = /^([^/]*\/\/[^/?#]*@)\//

/**
 * Checks the URL of a PostgreSQL database.
 *
 * @returns the URL for the driver
 * @throws ConfigurationError for what the driver would read otherwise than it was meant, with the form to write
 */
export function postgresUrl(url: string): string {
  // The driver reads it like that; `URL` refuses a user without a host.
  const readable = url.replace(NO_HOST, '$1localhost/')
  if (/^[^/]*\/\/[^/?#]*,/.test(url))
    throw unusable(`${EXPECTED}; one host`, 'several hosts, or a "," that is not "%2C"')
  if (!URL.canParse(readable)) throw unusable(EXPECTED, 'a "postgres:" URL that cannot be read')
  const { hash, hostname, pathname, searchParams, username, password } = new URL(readable)
  // A password that is not percent-encoded ends up there, and a part of it in the place of the host.
  if (hash !== '' || /@|\/.*\//.test(pathname)) {
    throw unusable(EXPECTED, 'a "#", "/" or "@" too many in a "postgres:" URL')
  }
  if (![username, password, pathname, hostname].every(isDecodable)) {
    throw unusable(EXPECTED, 'percent-encoding that cannot be read in a "postgres:" URL')
  }
  checkParameters(searchParams)
  if ((hostname === '' || readable !== url) && !searchParams.has('host')) {
    throw unusable(
      `${EXPECTED}; HOST is "localhost" for this machine, or left out with "?host=/FOLDER" for the folder of a socket`,
      'a "postgres:" URL without a host',
    )
  }
  // It warns of them at length, since a later version will check less.
  return searchParams.get('uselibpqcompat') === 'true' ? url : url.replace(AS_VERIFY_FULL, '$1verify-full')
}

function checkParameters(parameters: URLSearchParams): void {
  const names = [...parameters.keys()]
  if (names.some((name) => !PARAMETERS.includes(name))) {
    throw unusable(`some of ${PARAMETERS.join(', ')} as parameters`, 'a parameter of another name')
  }
  if (new Set(names).size < names.length)
    throw unusable('each parameter once', 'a parameter that is repeated')
  const mode = parameters.get('sslmode')
  if (mode !== null && !SSL_MODES.includes(mode)) {
    throw unusable(`one of ${SSL_MODES.join(', ')} as sslmode`, 'another text')
  }
  const ssl = parameters.get('ssl')
  if (ssl !== null && ssl !== 'true' && ssl !== '1') {
    throw unusable('"ssl=true", or "sslmode=disable" for a connection without TLS', 'another value of ssl')
  }
  const port = parameters.get('port')
  if (port !== null && !/^[1-9]\d{0,4}$/.test(port)) throw unusable('a number as port', 'another text')
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function unusable(expected: string, found: string): ConfigurationError {
  return new ConfigurationError([{ path: ['url'], expected, found }])
}
