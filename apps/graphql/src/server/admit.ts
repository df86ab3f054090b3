import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendError } from './error-reply.js'
import type { Admission } from './limits/admission.js'

/** Lets a request in that is about to be answered, until that is done; the refusal where there are too many. */
export function admit(
  { exchange, routeOptions }: FastifyRequest,
  reply: FastifyReply,
  admission: Admission,
): FastifyReply | null {
  const enterings =
    routeOptions.config.isUpload === true ? [admission.enter, admission.enterLog] : [admission.enter]
  for (const enter of enterings) {
    const place = enter(exchange.callerKey)
    if ('status' in place) {
      const { status, code, message, retryAfterSeconds } = place
      return sendError(reply, status, code, message, { 'retry-after': String(retryAfterSeconds) })
    }
    reply.raw.once('close', () => place.leave())
  }
  return null
}
