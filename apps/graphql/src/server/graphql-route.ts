import type { ServerLimits } from '@waybill/runtime'
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { admit } from './admit.js'
import { findBodyFault } from './check-body.js'
import { sendError } from './error-reply.js'
import { FOREIGN_PAGE, isForeignPage } from './cross-origin.js'
import type { GraphiQL } from './graphiql.js'
import type { Yoga } from './graphql-endpoint.js'
import { type Admission, mostBodyBytes } from './limits/admission.js'
import { holdBody } from './limits/held-body.js'
import { acceptedMediaTypes, acceptsHtml, EVENT_STREAM, preferredMediaType } from './media-type.js'
import { refuse as refuseCaller, refuseOtherMethods } from './mount.js'
import type { AnswerQuickly } from './prepared/quick-answers.js'

const PATH = '/graphql'

export interface GraphQLRouteOptions {
  readonly yoga: Yoga
  readonly answerQuickly: AnswerQuickly
  readonly admission: Admission
  readonly limits: Pick<ServerLimits, 'maxBodyBytes' | 'maxInputValues' | 'maxHeldBytesPerCaller'>
  /** Null: a browser gets no GraphiQL. */
  readonly graphiql: GraphiQL | null
  /** The origins whose pages may query, beside the server's own. */
  readonly corsOrigins: readonly string[]
}

/** GraphQL over HTTP at `/graphql`, and GraphiQL for a browser. */
export async function mountGraphQL(
  app: FastifyInstance,
  { yoga, answerQuickly, graphiql, admission, limits, corsOrigins }: GraphQLRouteOptions,
): Promise<void> {
  await app.register(async (scoped) => {
    // Fastify bounds the body and its type, Yoga reads it.
    scoped.removeAllContentTypeParsers()
    scoped.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(body === '' ? new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY() : null, body),
    )
    scoped.route({
      method: ['GET', 'POST'],
      url: PATH,
      onRequest: (request, reply, done) => {
        const isPage = graphiql !== null && isForPage(request)
        if (isPage || refuse(request, reply, corsOrigins) === null) done()
      },
      preParsing: (request, reply, payload, done) => {
        const { exchange, raw } = request
        const held = admission.holdOf(exchange.callerKey)
        const body = admission.holdBodyOf(exchange.callerKey)
        exchange.held = held
        reply.raw.once('close', () => {
          held.release()
          body.release()
        })
        holdBody(raw, body, { limit: mostBodyBytes(limits), isAnswered: () => reply.sent })
        done(null, payload)
      },
      handler: async (request, reply) => {
        if (graphiql !== null && isForPage(request)) return sendPage(request, reply, graphiql)
        if (request.method === 'POST' && request.body === undefined) {
          throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(request.headers['content-type'])
        }
        const refusal = admit(request, reply, admission)
        if (refusal !== null) return refusal
        const { exchange, body, headers } = request
        const fault = typeof body === 'string' ? findBodyFault(body, limits.maxInputValues) : null
        if (fault !== null) return sendError(reply, fault.status, fault.code, fault.message)
        const type = acceptedMediaTypes(headers.accept)
        // A URL may hold parameters as well, and Yoga reads them.
        const isQuick = typeof body === 'string' && request.url === PATH && isSingleAnswer(type)
        const quick = isQuick ? await answerQuickly(body, exchange) : null
        if (quick !== null && quick.body !== null) {
          const answered = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }
          return reply.headers(answered).send(quick.body)
        }
        const begun = quick?.begun ?? undefined
        const response = await yoga.fetch(toYoga(request, yoga), { exchange, begun })
        reply.code(response.status).headers(Object.fromEntries(response.headers))
        reply.header('cache-control', 'no-store')
        return reply.send(isEventStream(response) ? response.body : await response.text())
      },
    })
  })
  refuseOtherMethods(app, PATH, ['GET', 'POST'])
}

/**
 * The request as Yoga reads it: it knows one spelling of the type of a body, no weights of media types, and no HEAD. It is made
 * here, since Yoga's own way from a request of Node.js lists every index of a body that is text.
 */
function toYoga(
  { method, url, headers, body, exchange: { signal } }: FastifyRequest,
  { fetchAPI }: Yoga,
): Request {
  const hasBody = typeof body === 'string'
  // The path as Yoga knows it: the router takes other spellings of it as well.
  const query = url.indexOf('?')
  return new fetchAPI.Request(`http://localhost${PATH}${query === -1 ? '' : url.slice(query)}`, {
    method: method === 'HEAD' ? 'GET' : method,
    headers: {
      ...(headers as Record<string, string>),
      accept: acceptedMediaTypes(headers.accept),
      ...(hasBody && { 'content-type': 'application/json' }),
    },
    body: hasBody ? body : null,
    signal,
  })
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith(EVENT_STREAM) === true
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  corsOrigins: readonly string[],
): FastifyReply | null {
  if (isForeignPage(request.headers, corsOrigins)) return sendError(reply, 403, 'FORBIDDEN', FOREIGN_PAGE)
  const type = preferredMediaType(request.headers.accept)
  // Over the older media type the status of a GraphQL error is 200.
  const status = type === 'application/json' ? { status: 200 } : {}
  const as = { ...status, contentType: `${type}; charset=utf-8` }
  return refuseCaller(request.exchange, 'messages:read', reply, as)
}

/** Whether a client takes an answer in no other form than one result in JSON. */
function isSingleAnswer(mediaTypes: string): boolean {
  return mediaTypes === 'application/json' || mediaTypes === 'application/graphql-response+json'
}

function isForPage({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && acceptsHtml(headers.accept)
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  graphiql: GraphiQL,
): Promise<FastifyReply> {
  // The page names its assets relative to this path.
  if (request.url.split('?', 1)[0] !== PATH) return reply.redirect('../graphql')
  const page = await graphiql.page()
  return reply.headers(Object.fromEntries(page.headers)).send(await page.text())
}
