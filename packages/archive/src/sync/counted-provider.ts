import type { CallOptions, MessageProvider } from '@waybill/core'

/** A provider like the given one, which tells of every HTTP request before it goes out. */
export function countedProvider(provider: MessageProvider, onRequest: () => void): MessageProvider {
  const counted = (call: CallOptions = {}): CallOptions => ({
    ...call,
    beforeAttempt: () => {
      call.beforeAttempt?.()
      onRequest()
    },
  })
  const single = provider.get?.bind(provider)
  return {
    name: provider.name,
    capabilities: provider.capabilities,
    list: async (request, call) => provider.list(request, counted(call)),
    ...(single === undefined ? {} : { get: async (id, call) => single(id, counted(call)) }),
  }
}
