import { UpstreamError } from '@waybill/core'
import { createUpstreamClient, type UpstreamClient, type UpstreamClientOptions } from '../../src/index.js'
import type { TestServer } from './start-server.js'

export const SECRET = 'octo-s3cret-key'

/** A client of the test server, named `shop`. */
export function connect(
  server: Pick<TestServer, 'url'>,
  options: Partial<UpstreamClientOptions> = {},
): UpstreamClient {
  return createUpstreamClient({
    source: 'shop',
    baseUrl: server.url,
    headers: { authorization: `Bearer ${SECRET}` },
    secrets: [SECRET],
    ...options,
  })
}

/** The UpstreamError that a promise rejects with; anything else fails the test. */
export async function upstreamError(promise: Promise<unknown>): Promise<UpstreamError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome && outcome.error instanceof UpstreamError) return outcome.error
  throw new Error('expected an UpstreamError', { cause: outcome })
}
