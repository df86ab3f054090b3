import compress from '@fastify/compress'
import cors from '@fastify/cors'
import { REQUEST_ID_HEADER } from '@waybill/http'
import { describeDefect, type Logger, type ServerLimits } from '@waybill/runtime'
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify'
import { COMPRESSION } from './compression.js'
import { sendError } from './error-reply.js'
import { findHeaderFault } from './allowed-host.js'
import { describeUnknownPath } from './mounts.js'
import { createExchange, requestId } from './exchange.js'
import type { Authenticate } from '../access/authenticate.js'
import { type Caller, EVERYBODY } from '../access/caller.js'
import { isRefusal, type Refusal } from '../access/refusal.js'
import { limitArrival, limitRest } from './limits/arrival.js'
import { BodiesHeld } from './limits/held-body.js'
import { limitConnections } from './limits/connections.js'
import { createMalformedRequests } from './malformed-requests.js'
import { observe } from './request-log.js'
import { type RequestTrace, traceRequest } from './request-trace.js'
import { SAFETY_HEADERS } from './safety-headers.js'
import type { Metrics } from './metrics.js'

export interface HttpAppOptions {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly limits: ServerLimits
  readonly authenticate: Authenticate
  /** The origins whose pages may query, beside the server's own. */
  readonly corsOrigins: readonly string[]
  /** Whether a request under this `Host` header is for us. */
  readonly isAllowedHost: (host: string | undefined) => boolean
  /** Whether connections are to be closed as they are answered. */
  readonly isClosing: () => boolean
}

/** How often connections are looked through for requests that take too long to arrive, in milliseconds. */
const TIMEOUT_CHECK_MS = 5000

/** What every request meets before its route: its id, its caller, headers for safety, compression, log and metrics. */
export async function createHttpApp(options: HttpAppOptions): Promise<FastifyInstance> {
  const { logger, authenticate, isAllowedHost, isClosing, limits } = options
  const malformed = createMalformedRequests(options)
  const headersSeconds = Math.min(limits.headersSeconds, limits.requestSeconds)
  const app = fastify({
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveSeconds * 1000,
    http: {
      headersTimeout: headersSeconds * 1000,
      connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, headersSeconds * 500),
      // Refused below, so that it is answered and logged like any other request.
      requireHostHeader: false,
    },
    clientErrorHandler: malformed.refuse,
    genReqId: requestId,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (_error, request, reply) => {
      begin(request, reply, undefined)
      void sendError(reply, 400, 'BAD_USER_INPUT', 'The path of the request is malformed.')
    },
  })
  // The type of what every request gets in the first hook.
  app.decorateRequest('exchange')
  malformed.refuseTunnels(app.server)
  // What else a client may expect than 100-continue is ignored (RFC 9110, section 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  const begin = (request: FastifyRequest, reply: FastifyReply, route: string | undefined): RequestTrace => {
    const trace = traceRequest(request, route)
    request.exchange = createExchange(request.id, reply.raw, trace)
    const finishers = [observe(request, reply, options), malformed.begin(request, reply)]
    reply.raw.once('close', () => finishers.forEach((finish) => finish()))
    // A reply's own headers replace these.
    reply.headers(SAFETY_HEADERS)
    reply.header(REQUEST_ID_HEADER, request.id)
    return trace
  }
  // Hooks call back at once where nothing has to be waited for: a promise costs more than most of them.
  app.addHook('onRequest', (request, reply, done) => {
    const trace = begin(request, reply, request.routeOptions.url)
    if (request.routeOptions.config.isUpload === true)
      limitRest(request.raw, reply.raw, limits.requestSeconds)
    else limitArrival(app.server, request.raw, limits.requestSeconds)
    const fault = findHeaderFault(request.raw)
    if (fault !== null) {
      sendError(reply, 400, 'BAD_USER_INPUT', fault, { connection: 'close' })
      return
    }
    if (!isAllowedHost(request.headers.host)) {
      sendError(
        reply,
        421,
        'FORBIDDEN',
        'The Host header names another server. Use localhost, an IP address, or the configured server.host.',
      )
      return
    }
    const { exchange, headers, ip } = request
    const coding = headers['content-encoding']
    if (coding !== undefined && coding !== 'identity') {
      const text = 'Send the body as it is, without Content-Encoding. What is compressed is not unpacked.'
      sendError(reply, 415, 'BAD_USER_INPUT', text)
      return
    }
    const identify = (result: Caller | Refusal): void => {
      if (isRefusal(result)) exchange.refusal = result
      else {
        exchange.caller = result
        exchange.callerKey = result === EVERYBODY ? ip : result.name
        exchange.refusal = null
      }
      done()
    }
    const found = trace.run(() => authenticate(headers.authorization))
    if (found instanceof Promise) found.then(identify, done)
    else identify(found)
  })
  // From here on, for the body arrives in the connection's own context.
  app.addHook('preHandler', ({ exchange }, _reply, done) => exchange.trace.run(done))
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing()) reply.header('connection', 'close')
    done()
  })
  limitConnections(app.server, limits)
  app.setNotFoundHandler(({ url }, reply) =>
    sendError(reply, 404, 'NOT_FOUND', describeUnknownPath(url.split('?', 1)[0] ?? '')),
  )
  app.setErrorHandler<FastifyError | BodiesHeld>((error, request, reply) => {
    // A client that still sends when the connection is closed sees that alone, so the rest is thrown away as it arrives.
    const takeRest = (): void => {
      reply.removeHeader('connection')
      request.raw.resume()
    }
    if (error instanceof BodiesHeld) {
      takeRest()
      const { status, code, message, retryAfterSeconds } = error.refusal
      return sendError(reply, status, code, message, { 'retry-after': String(retryAfterSeconds) })
    }
    const known = KNOWN[error.code]
    if (known !== undefined) return sendError(reply, ...known)
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const text = `A request may have at most ${limits.maxBodyBytes} bytes (server.limits.maxBodyBytes). Send a smaller one.`
      takeRest()
      return sendError(reply, 413, 'QUERY_TOO_EXPENSIVE', text)
    }
    if (!request.exchange.signal.aborted) logger.error('Request failed', { error: describeDefect(error) })
    return sendError(reply, 500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.')
  })
  if (options.corsOrigins.length > 0) {
    await app.register(cors, { ...CORS, origin: [...options.corsOrigins] })
  }
  await app.register(compress, COMPRESSION)
  return app
}

/** What pages of configured origins may send, and read of the answer. */
const CORS = {
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'graphql-require-preflight',
    'apollo-require-preflight',
    REQUEST_ID_HEADER,
  ],
  exposedHeaders: [
    REQUEST_ID_HEADER,
    'retry-after',
    'www-authenticate',
    'waybill-completeness',
    'waybill-compared',
    'waybill-reconciliation',
    'waybill-time-shifts',
  ],
  maxAge: 7200,
  strictPreflight: false,
}

/** What Fastify finds wrong with a request, in our words. */
const KNOWN: Readonly<Record<string, [status: number, code: string, message: string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'BAD_USER_INPUT', 'Send the query as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'BAD_USER_INPUT', 'The body is empty. Send the query as JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    400,
    'BAD_USER_INPUT',
    'The body has another length than its Content-Length.',
  ],
}
