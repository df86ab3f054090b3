import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Scope } from '@waybill/runtime'
import { admit } from './admit.js'
import { FOREIGN_PAGE, isForeignPage } from './cross-origin.js'
import { sendError } from './error-reply.js'
import type { Exchange } from './exchange.js'
import { type FetchHandler, handleAsFetch } from './fetch-handler.js'
import type { Admission } from './limits/admission.js'

/** What answers the requests to one path. */
export interface Mount {
  /** A path as Fastify writes them: `/messages.:format`. */
  readonly path: string
  /** HEAD comes with GET. */
  readonly methods: readonly ('GET' | 'POST')[]
  /** What the caller must be allowed to do; null: everybody may ask. */
  readonly scope: Scope | null
  /** Whether the handler bounds the arrival of the body itself. Default: it has to arrive within `limits.requestSeconds`. */
  readonly isUpload?: boolean
  /** Whether the handler compresses what it sends, once for all requests. Default: each answer is compressed as it is sent. */
  readonly isCompressed?: boolean
  readonly handle: FetchHandler
}

/** Below this length a body is sent as a whole, so that it is known before it is compressed. */
const WHOLE_BYTES = 65_536

/** What a request to a mount has to pass. */
export interface MountGuards {
  readonly admission: Admission
  /** The origins whose pages may ask, beside the server's own. */
  readonly corsOrigins: readonly string[]
}

/** Answers requests to a path with a handler in the form of `fetch`, after the caller is known and allowed. */
export async function mount(
  app: FastifyInstance,
  { path, methods, scope, isUpload = false, isCompressed = false, handle }: Mount,
  { admission, corsOrigins }: MountGuards,
): Promise<void> {
  await app.register(async (scoped) => {
    scoped.removeAllContentTypeParsers()
    // The handler reads the body.
    scoped.addContentTypeParser('*', (_request, _body, done) => done(null))
    scoped.route({
      method: [...methods],
      url: path,
      config: { isUpload },
      ...(isCompressed && { compress: false }),
      handler: async (request, reply) => {
        if (scope !== null && isForeignPage(request.headers, corsOrigins))
          return sendError(reply, 403, 'FORBIDDEN', FOREIGN_PAGE)
        const refusal =
          scope === null ? null : (refuse(request.exchange, scope, reply) ?? admit(request, reply, admission))
        if (refusal !== null) return refusal
        const { exchange } = request
        const response = await handleAsFetch(request, handle)
        for (const [name, value] of exchange.trailers) reply.trailer(name, async () => value())
        return sendResponse(reply, response)
      },
    })
  })
  refuseOtherMethods(app, path, methods)
}

/** Answers what a path cannot do with the list of what it can. */
export function refuseOtherMethods(
  app: FastifyInstance,
  path: string,
  methods: readonly ('GET' | 'POST')[],
): void {
  const allowed = [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
  const allow = allowed.join(', ')
  const message = `Use ${allowed.filter((method) => method !== 'OPTIONS').join(' or ')}.`
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url: path,
    // Before the body is read.
    onRequest: (_request, reply, done) => {
      sendError(reply, 405, 'METHOD_NOT_ALLOWED', message, { allow })
      done()
    },
    handler: (_request, reply) => reply,
  })
  app.options(path, {
    onRequest: (_request, reply, done) => {
      reply.code(204).header('allow', allow).send()
      done()
    },
    handler: (_request, reply) => reply,
  })
}

/**
 * Refuses a caller who is not known, or lacks a scope; null for one who may.
 *
 * @param as the status and the media type, where they are not those of the plain refusal.
 */
export function refuse(
  { caller, refusal }: Exchange,
  scope: Scope,
  reply: FastifyReply,
  as: { readonly status?: number; readonly contentType?: string } = {},
): FastifyReply | null {
  const type = as.contentType === undefined ? {} : { 'content-type': as.contentType }
  if (refusal !== null) {
    // RFC 6750, section 3: no error where no token was sent.
    const challenge = refusal.reason === 'NO_TOKEN' ? 'Bearer' : 'Bearer error="invalid_token"'
    const headers = { ...type, 'www-authenticate': challenge }
    return sendError(reply, as.status ?? 401, 'UNAUTHENTICATED', refusal.message, headers)
  }
  if (caller.scopes.has(scope)) return null
  const message = `This needs the scope ${scope}. Ask the operator for it.`
  return sendError(reply, as.status ?? 403, 'FORBIDDEN', message, type)
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status)
  for (const [name, value] of response.headers) reply.header(name, value)
  const length = Number(response.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (response.body === null) return reply.send()
  return reply.send(length < WHOLE_BYTES ? Buffer.from(await response.arrayBuffer()) : response.body)
}
