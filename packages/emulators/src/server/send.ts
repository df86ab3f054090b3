import type { ServerResponse } from 'node:http'
import type { Fault } from './fault.js'
import type { Reply } from './reply.js'

/** Puts a reply on the wire, or as much of it as the fault lets through. */
export function send(response: ServerResponse, reply: Reply, fault: Fault['kind'] | null): void {
  const payload = encode(reply.body)
  const half = payload.subarray(0, payload.length >> 1)
  const content = fault === 'truncatedJson' ? half : payload
  response.writeHead(reply.status, { ...reply.headers, 'content-length': content.length })
  if (fault === 'hangBody') response.write(half)
  else if (fault === 'cutOff') response.write(half, () => response.destroy())
  else response.end(content)
}

function encode(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}
