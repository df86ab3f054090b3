import type { MessageProvider, ProviderContext, ProviderFactory } from '@waybill/core'
import { createUpstreamClient } from '@waybill/http'
import { octopodsCapabilities } from './capabilities.js'
import { classify } from './failures.js'
import { get } from './get.js'
import { list } from './list.js'
import { createReader } from './normalize.js'
import { parseOctopodsOptions, type OctopodsOptions } from './options.js'

export { octopodsCapabilities } from './capabilities.js'
export type { OctopodsOptions } from './options.js'

/** Makes the provider from options of a configuration file. */
const createProvider: ProviderFactory = (options, context) => {
  const { apiKey, baseUrl, timeZone } = parseOctopodsOptions(options)
  const reader = createReader(timeZone)
  const client = createUpstreamClient({
    ...context,
    baseUrl,
    headers: { 'X-Octopods-Auth': apiKey },
    secrets: [apiKey],
    classify,
  })
  return {
    name: '@waybill/provider-octopods',
    capabilities: octopodsCapabilities,
    list: (request, call) => list(client, reader, context.source, request, call),
    get: (upstreamId, call) => get(client, reader, context.source, upstreamId, call),
  }
}

export default createProvider

/**
 * Makes a provider that reads one Octopods WhatsApp channel.
 *
 * @param context The source's id for errors (default `octopods`), and bounds on the traffic.
 * @throws ConfigurationError listing all that is wrong with the options.
 *
 * @example const provider = octopods({ apiKey: process.env.OCTOPODS_API_KEY ?? '' })
 */
export function octopods(options: OctopodsOptions, context: Partial<ProviderContext> = {}): MessageProvider {
  return createProvider(options, { source: 'octopods', ...context })
}
