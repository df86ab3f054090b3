import { STATUS_CODES } from 'node:http'
import type { Fault, ReceivedRequest } from './faults.js'
import { emptyReply, htmlReply, isRawJson, jsonReply, type Reply } from './reply.js'

/** What is needed to answer in an upstream's place. */
export interface FaultContext {
  /** The credentials as they were sent; empty when there were none. */
  readonly credentials: string
  readonly errorReply: (status: number) => Reply
}

/** The answer that a fault gives instead of the upstream's own; null where the fault only changes or delays that one. */
export function replyInstead(fault: Fault, { credentials, errorReply }: FaultContext): Reply | null {
  if (fault.kind === 'status') return statusReply(fault, errorReply)
  if (fault.kind === 'html') return proxyPage(fault.status ?? 502)
  if (fault.kind === 'redirect') {
    return { ...emptyReply(fault.status ?? 302), headers: { location: fault.location } }
  }
  if (fault.kind === 'echoCredentials') {
    return jsonReply(fault.status ?? 401, { message: `The credentials "${credentials}" are not accepted.` })
  }
  return null
}

/** The upstream's own answer after a fault has changed its content. */
export function replyChanged(fault: Fault, reply: Reply, request: ReceivedRequest): Reply {
  const items = reply.items ?? []
  if (fault.kind === 'mutateBody') {
    return { ...reply, body: fault.change(copyOf(reply.body), request) }
  }
  if (fault.kind === 'mutateItem') mutate(items[fault.index], fault.patch)
  if (fault.kind === 'replaceItem' && fault.index < items.length) items[fault.index] = fault.value
  return reply
}

/** A deep copy of what JSON can write. Raw JSON stays the object that it is: `structuredClone` would make a plain one of it. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isRawJson(value)) return value
  if (Array.isArray(value)) return value.map(copyOf)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyOf(member)]))
}

function proxyPage(status: number): Reply {
  return htmlReply(status, STATUS_CODES[status] ?? 'Error')
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
