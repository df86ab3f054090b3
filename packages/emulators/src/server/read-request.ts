import type { IncomingMessage } from 'node:http'
import type { RequestRecord } from './request-record.js'

/** The log's entry for a request. */
export function readRequest(request: IncomingMessage, credentials: string, valid: boolean): RequestRecord {
  const url = request.url ?? '/'
  const queryStart = url.indexOf('?')
  const query = new URLSearchParams(queryStart < 0 ? '' : url.slice(queryStart))
  return {
    method: request.method ?? 'GET',
    path: queryStart < 0 ? url : url.slice(0, queryStart),
    url,
    searchParams: [...query],
    params: Object.fromEntries(query),
    headers: {
      host: request.headers.host,
      accept: request.headers.accept,
      acceptEncoding: request.headers['accept-encoding']?.toString(),
      userAgent: request.headers['user-agent'],
    },
    authorization: { presented: credentials !== '', valid },
    time: Date.now(),
    status: null,
    fault: null,
    ignored: [],
  }
}
