import type { IncomingHttpHeaders } from 'node:http'

/** Headers that a page of another origin cannot send before the browser has asked whether it may (the CORS preflight). */
const PREFLIGHTED = ['authorization', 'graphql-require-preflight', 'apollo-require-preflight'] as const

/** The error message for such a page. */
export const FOREIGN_PAGE =
  'Pages of other sites cannot query: add the origin to server.cors.origins. Other clients send the header `GraphQL-Require-Preflight: 1`.'

/**
 * Whether a request comes from a web page that may not query, or could. The answer would stay hidden from the page, but not
 * its cost from us. A browser says where a request comes from; one that does not is believed only with a header that it cannot
 * have sent without asking first.
 *
 * @param origins those whose pages may query, beside the server's own
 */
export function isForeignPage(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return false
  const { origin, host } = headers
  if (origin !== undefined) return !origins.includes(origin) && !isOwn(origin, host)
  if (site !== undefined) return true
  const isBrowser = headers['user-agent']?.startsWith('Mozilla/') === true
  const isAsked =
    PREFLIGHTED.some((name) => headers[name] !== undefined) ||
    /^application\/json\b/i.test(headers['content-type'] ?? '')
  return isBrowser && !isAsked
}

function isOwn(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
