import { ERROR_CODES, UpstreamError } from '@waybill/core'

/**
 * The error for an answer of 2xx that is not what the API documents.
 *
 * @param source The source's id from the configuration.
 * @param what What is wrong with the answer. It must quote nothing of it.
 */
export function invalidResponse(source: string, what: string): UpstreamError {
  const code = 'UPSTREAM_INVALID_RESPONSE'
  const message = `Source "${source}" sent an answer that cannot be used: ${what}. ${ERROR_CODES[code].remedy}`
  return new UpstreamError(code, message, { source, status: 200 })
}
