import { STATUS_CODES } from 'node:http'
import type { Fault } from './fault.js'
import { emptyReply, htmlReply, jsonReply, type Reply } from './reply.js'

/** What is needed to answer in an upstream's place. */
export interface FaultContext {
  /** The credentials as they were sent; empty when there were none. */
  readonly credentials: string
  readonly errorReply: (status: number) => Reply
}

/** The answer that a fault gives instead of the upstream's own; null where the fault only changes or delays that one. */
export function replyInstead(fault: Fault, { credentials, errorReply }: FaultContext): Reply | null {
  switch (fault.kind) {
    case 'status':
      return statusReply(fault, errorReply)
    case 'html':
      return htmlReply(fault.status ?? 502, STATUS_CODES[fault.status ?? 502] ?? 'Error')
    case 'redirect':
      return { ...emptyReply(fault.status ?? 302), headers: { location: fault.location } }
    case 'echoCredentials':
      return jsonReply(fault.status ?? 401, { message: `The credentials "${credentials}" are not accepted.` })
    default:
      return null
  }
}

/** The upstream's own answer after a fault has changed its content. */
export function replyChanged(fault: Fault, reply: Reply): Reply {
  const items = reply.items ?? []
  switch (fault.kind) {
    case 'mutateItem':
      mutate(items[fault.index], fault.patch)
      return reply
    case 'replaceItem':
      if (fault.index < items.length) items[fault.index] = fault.value
      return reply
    case 'mutateBody':
      return { ...reply, body: fault.change(reply.body) }
    default:
      return reply
  }
}

function statusReply(fault: Fault & { kind: 'status' }, errorReply: (status: number) => Reply): Reply {
  const reply = 'body' in fault ? bodyReply(fault.status, fault.body) : errorReply(fault.status)
  return { ...reply, headers: { ...reply.headers, ...fault.headers } }
}

function bodyReply(status: number, body: unknown): Reply {
  return typeof body === 'string' ? { ...emptyReply(status), body } : jsonReply(status, body)
}

function mutate(item: unknown, patch: Readonly<Record<string, unknown>>): void {
  if (typeof item !== 'object' || item === null) return
  Object.assign(item, patch)
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) Reflect.deleteProperty(item, name)
  }
}
