import type { ListRequest, ListResult, Message, MessageProvider } from '@waybill/core'

/** What stands between a test's source and its upstream. */
export interface Between {
  /** What is asked for in place of a request; default: the request. */
  readonly ask?: (request: ListRequest) => ListRequest
  /** What is told in place of an answer; default: the answer. */
  readonly tell?: (result: ListResult) => ListResult
}

/** A provider like the given one, but for what `between` makes of its lists. */
export function changedProvider(provider: MessageProvider, between: () => Between): MessageProvider {
  const { name, capabilities, get } = provider
  return {
    name,
    capabilities,
    list: async (request, call) => {
      const { ask, tell } = between()
      const result = await provider.list(ask?.(request) ?? request, call)
      return tell?.(result) ?? result
    },
    ...(get === undefined ? {} : { get: get.bind(provider) }),
  }
}

/** Sets messages aside as rows that cannot be read. @param withId whether their ids can be */
export function rejecting(isUnreadable: (message: Message) => boolean, withId = true): Between {
  return {
    tell: ({ messages, ...result }) => {
      const rejected = messages.flatMap((message, position) =>
        isUnreadable(message)
          ? [
              {
                position,
                upstreamId: withId ? message.upstreamId : null,
                reason: 'sent_at: a time was expected',
                raw: message.raw,
              },
            ]
          : [],
      )
      return { ...result, messages: messages.filter((message) => !isUnreadable(message)), rejected }
    },
  }
}
