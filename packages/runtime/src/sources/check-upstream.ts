import type { ListRequest, MessageProvider, PageRequest, Paging } from '@waybill/core'

/** Whether an upstream lets itself be read. */
export type UpstreamCheck =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: string
      readonly message: string
      /** The upstream's own words, where the source's `upstreamWords` allows them. */
      readonly upstreamWords?: string
    }

/** Asks an upstream for one message: the cheapest request that tells whether address and credentials are right. */
export async function checkUpstream(provider: MessageProvider, signal: AbortSignal): Promise<UpstreamCheck> {
  const { paging, sorts } = provider.capabilities
  const [sort = { field: 'createdAt', direction: 'desc' }] = sorts
  const fields = new Set(['upstreamId', 'sentAt'] as const)
  const request: ListRequest = { filter: [], search: null, sort, fields, page: smallestPage(paging) }
  try {
    await provider.list(request, { signal })
    return { ok: true }
  } catch (error) {
    signal.throwIfAborted()
    // A provider may bring its own copy of @waybill/core: the error is known by its form.
    if (!(error instanceof Error) || !('code' in error)) throw error
    const words = 'upstreamWords' in error ? error.upstreamWords : undefined
    return {
      ok: false,
      code: String(error.code),
      message: error.message,
      ...(typeof words === 'string' && { upstreamWords: words }),
    }
  }
}

function smallestPage(paging: Paging): PageRequest {
  switch (paging.kind) {
    case 'window':
      return { kind: 'window', limit: 1 }
    case 'page':
      return { kind: 'page', number: 1, size: 1 }
    case 'cursor':
      return { kind: 'cursor', after: null, limit: 1 }
  }
}
