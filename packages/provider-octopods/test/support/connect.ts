import type { ListRequest, MessageProvider, ProviderContext } from '@waybill/core'
import type { OctopodsEmulator } from '@waybill/emulators'
import { octopods } from '../../src/index.js'

export const API_KEY = 'octo-s3cret-key'

/** A provider of the emulator, source `main`, that never retries. */
export function connect(
  upstream: Pick<OctopodsEmulator, 'url'>,
  context: Partial<ProviderContext> = {},
): MessageProvider {
  const limits = { retries: 0, ...context.limits }
  return octopods({ apiKey: API_KEY, baseUrl: upstream.url }, { source: 'main', ...context, limits })
}

/** A request for the whole window, with all fields. */
export function listRequest(changes: Partial<ListRequest> = {}): ListRequest {
  return {
    filter: [],
    search: null,
    sort: { field: 'createdAt', direction: 'desc' },
    fields: null,
    page: { kind: 'window', limit: 100 },
    ...changes,
  }
}
