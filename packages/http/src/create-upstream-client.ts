import { UpstreamError } from '@waybill/core'
import { Call, type Connection } from './call.js'
import { checkOptions } from './options/check-options.js'
import type { GetOptions, UpstreamClient, UpstreamClientOptions } from './client.js'
import { Deadline } from './time/deadline.js'
import { createExchange } from './exchange/exchange.js'
import { resolveLimits } from './options/limits.js'
import { createRedactor } from './text/redact.js'
import { requestUrl } from './exchange/request-url.js'
import { Traffic } from './traffic/traffic.js'

/**
 * Makes the client of one upstream API. Its calls share one concurrency limit and one rate budget.
 * @throws ConfigurationError for a base URL, a header or a limit that cannot be used, paths relative to `options`.
 */
export function createUpstreamClient(options: UpstreamClientOptions): UpstreamClient {
  checkOptions(options)
  const limits = resolveLimits(options.limits)
  const connection: Connection = {
    options,
    retries: limits.retries,
    maxRetryAfterMs: limits.maxRetryAfterSeconds * 1000,
    traffic: new Traffic(options.source, options.rateLimit, limits),
    exchange: createExchange(options, limits),
    redact: createRedactor(options.secrets),
  }
  return {
    async getJson(path: string, get: GetOptions = {}): Promise<unknown> {
      const url = requestUrl(options.baseUrl, path, get.searchParams)
      get.signal?.throwIfAborted()
      const budget = new Deadline(limits.totalTimeoutMs, get.signal)
      try {
        return await new Call(connection, budget, get).run(url)
      } catch (error) {
        throw error === budget.expiry ? outOfTime(options.source, limits.totalTimeoutMs) : error
      } finally {
        budget.stop()
      }
    },
  }
}

function outOfTime(source: string, totalTimeoutMs: number): UpstreamError {
  const spent = `${totalTimeoutMs / 1000} s, retries and waits included`
  const message = `Source "${source}" gave no answer within ${spent}. Try again later, or raise limits.totalTimeoutMs.`
  return new UpstreamError('UPSTREAM_TIMEOUT', message, { source })
}
