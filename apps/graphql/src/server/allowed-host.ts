import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Whether a request may come in under this `Host` header at a server that answers everybody on this machine.
 * A page of another site can have its own name point here, and would then pass for ours: only names that cannot be
 * made to do that are taken.
 *
 * @param host where the server listens.
 */
export function isAllowedHost(header: string | undefined, host: string): boolean {
  const name = hostname(header ?? '')
  return (
    isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || name === host.toLowerCase()
  )
}

function hostname(header: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(header)?.[1]
  return (bracketed ?? header.replace(/:\d*$/, '')).toLowerCase()
}

/** `uri-host [ ":" port ]` of RFC 9110, section 7.2; it may be empty. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d{0,5})?$/i

/**
 * What is wrong with the headers that say where a request goes and who sends it; null where nothing is. A proxy in front may
 * have read another one of several (RFC 9112, section 3.2).
 */
export function findHeaderFault({
  headers: { host },
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'httpVersion'>): string | null {
  if (host === undefined) return httpVersion === '1.1' ? 'The request has no Host header.' : null
  if (!HOST.test(host)) return 'The Host header is no host name with an optional port.'
  if (count(rawHeaders, 'host') > 1) return 'The request has several Host headers.'
  if (count(rawHeaders, 'authorization') > 1) return 'The request has several Authorization headers.'
  return null
}

function count(rawHeaders: readonly string[], wanted: string): number {
  let found = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length === wanted.length && name.toLowerCase() === wanted) found += 1
  }
  return found
}
