/** The media types that a GraphQL response can have. */
export type GraphQLMediaType = 'application/json' | 'application/graphql-response+json'

/**
 * The media type of the response to a request with this `Accept` header. The newer one, under which the HTTP status
 * tells of errors, only where the client prefers it by name. Yoga would pass over the weights (`q`), and take the newer one
 * where the client says nothing.
 */
export function preferredMediaType(accept: string | undefined): GraphQLMediaType {
  const newer = qualityOf(accept, 'application/graphql-response+json')
  const older = qualityOf(accept, 'application/json')
  return newer > 0 && newer >= older ? 'application/graphql-response+json' : 'application/json'
}

/** The media type of server-sent events, in which subscriptions are answered. */
export const EVENT_STREAM = 'text/event-stream'

/**
 * The media types that a client takes a result in, as Yoga reads them: where it takes server-sent events as well as JSON, only
 * subscriptions are answered in events.
 */
export function acceptedMediaTypes(accept: string | undefined): string {
  const json = preferredMediaType(accept)
  if (qualityOf(accept, EVENT_STREAM) === 0) return json
  const takesJson = [json, 'application/*', '*/*'].some((type) => qualityOf(accept, type) > 0)
  return takesJson ? `${json}, ${EVENT_STREAM}` : EVENT_STREAM
}

/** Whether a browser asks for a page. */
export function acceptsHtml(accept: string | undefined): boolean {
  return qualityOf(accept, 'text/html') > 0
}

/** Whether what is compressed may be sent under this `Accept-Encoding` header. */
export function acceptsGzip(acceptEncoding: string | null): boolean {
  return qualityOf(acceptEncoding ?? '', 'gzip') > 0
}

function qualityOf(accept = '', name: string): number {
  const ranges = accept.toLowerCase().split(',')
  const range = ranges.find((candidate) => candidate.split(';', 1)[0]?.trim() === name)
  if (range === undefined) return 0
  const quality = /;\s*q\s*=\s*([\d.]+)/.exec(range)?.[1]
  return quality === undefined ? 1 : Number(quality)
}
