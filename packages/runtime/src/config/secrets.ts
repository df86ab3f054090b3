import { isContainer, type JsonPath } from './json-path.js'

const CREDENTIAL = /key|token|secret|passw|pwd|credential|auth|bearer|cookie/i

/** What `server.auth` holds beside credentials. */
const PUBLIC =
  /^server\.auth\.(?:tokens\.\d+\.(?:name|scopes|sources|expiresAt)|jwt\.(?:issuer|audience|jwksUrl|scopesClaim|sourcesClaim|login))(?:\.|$)/

/** Whether a path leads through a name that credentials go by. */
export function isCredentialPath(path: JsonPath): boolean {
  return (
    path.some((step) => typeof step === 'string' && CREDENTIAL.test(step)) && !PUBLIC.test(path.join('.'))
  )
}

/** Every text in a configuration that has to be kept out of logs: credentials by their name, and those within URLs. */
export function collectSecrets(value: unknown, path: JsonPath = []): string[] {
  if (typeof value === 'string') return isCredential(value, path) ? [value] : secretsOfUrl(value)
  if (!isContainer(value)) return []
  return Object.entries(value).flatMap(([name, item]) => collectSecrets(item, [...path, name]))
}

// `"auth": "none"` is the one known value under such a name that is none.
function isCredential(value: string, path: JsonPath): boolean {
  return value !== 'none' && isCredentialPath(path)
}

function secretsOfUrl(value: string): string[] {
  if (!URL.canParse(value)) return passwordOfMalformedUrl(value)
  const url = new URL(value)
  const userInfo = url.password === '' ? url.username : url.password
  const parameters = [...url.searchParams].filter(([name]) => CREDENTIAL.test(name)).map(([, text]) => text)
  return [userInfo, decode(userInfo), ...parameters].filter((text) => text !== '')
}

// A password that was put into a URL as it is may keep it from being one.
function passwordOfMalformedUrl(value: string): string[] {
  const password = /^[a-z][a-z\d+.-]*:\/\/[^:/@]*:(.+)@/i.exec(value)?.[1]
  return password === undefined ? [] : [password, decode(password)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
