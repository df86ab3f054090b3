import type { ListRequest, MessageProvider, ProviderContext } from '@waybill/core'
import type { WacrEmulator } from '@waybill/emulators'
import { wacr } from '../../src/index.js'

export const TOKEN = 'wacr-s3cret-token'

/** A provider of the emulator, source `shop`, that never retries. */
export function connect(
  upstream: Pick<WacrEmulator, 'url'>,
  context: Partial<ProviderContext> = {},
): MessageProvider {
  const limits = { retries: 0, ...context.limits }
  return wacr({ token: TOKEN, baseUrl: upstream.url }, { source: 'shop', ...context, limits })
}

/** A request for the first page of 100, newest first, with all fields. */
export function listRequest(changes: Partial<ListRequest> = {}): ListRequest {
  return {
    filter: [],
    search: null,
    sort: { field: 'createdAt', direction: 'desc' },
    fields: null,
    page: { kind: 'page', number: 1, size: 100 },
    ...changes,
  }
}
