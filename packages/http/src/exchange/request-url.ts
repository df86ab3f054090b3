/** A segment `.` or `..`, percent-encoded or not, as the URL parser sees it. */
const DOT_SEGMENT = /(?:^|[\\/])(?:\.|%2e){1,2}(?:[\\/]|$)/i
/** The URL parser drops them before it looks for dot segments. */
const DROPPED = /[\t\n\r]/g

/**
 * `{baseUrl}/{path}?{searchParams}`. A query that the base URL has is kept.
 * @throws TypeError for a path that would leave the base URL; it is not quoted, for it may hold an id.
 */
export function requestUrl(
  baseUrl: URL,
  path: string,
  searchParams: Readonly<Record<string, string>> = {},
): URL {
  if (DOT_SEGMENT.test(path.replaceAll(DROPPED, ''))) {
    throw new TypeError('The path of an upstream request must not hold "." or ".." as a segment.')
  }
  const url = new URL(baseUrl)
  url.hash = ''
  url.pathname = `${baseUrl.pathname.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
  for (const [name, value] of Object.entries(searchParams)) url.searchParams.append(name, value)
  return url
}

/** Where a redirect leads; null where that is not known, or not the same origin: credentials never go there. */
export function redirectTarget(from: URL, location: string | null): URL | null {
  if (location === null || !URL.canParse(location, from)) return null
  const target = new URL(location, from)
  return target.origin === from.origin && target.username === '' && target.password === '' ? target : null
}

/**
 * The parameters of a request that a redirect's target lacks, or has with other values, each once; none where it keeps
 * them all, in whatever order. Without them the answer is about something else than was asked.
 */
export function lostParameters(from: URL, target: URL): string[] {
  const names = [...new Set(from.searchParams.keys())]
  return names.filter((name) => {
    const asked = from.searchParams.getAll(name)
    const kept = target.searchParams.getAll(name)
    return asked.length !== kept.length || asked.some((value, index) => value !== kept[index])
  })
}
