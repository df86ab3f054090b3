import type { IncomingHttpHeaders } from 'node:http'
import type { Emulator, ListenOptions, UpstreamCall } from '../server/emulator.js'
import { jsonReply, type Reply } from '../server/reply.js'
import { startServer } from '../server/start-server.js'
import {
  KEY_REFUSED,
  listItem,
  NOT_FOUND,
  octopodsError,
  statusBody,
  undocumentedError,
} from './octopods-bodies.js'
import {
  createOctopodsTable,
  type OctopodsRow,
  type OctopodsTable,
  type OctopodsTableOptions,
} from './octopods-table.js'
import { OCTOPODS_DEFAULTS, type OctopodsSettings } from './octopods-settings.js'

export type OctopodsEmulator = Emulator<OctopodsTable, OctopodsSettings>

export interface OctopodsEmulatorOptions extends ListenOptions, Partial<OctopodsSettings> {
  /** Served as it is; without it one is made of `rows` and `tableOptions`. */
  readonly table?: OctopodsTable
  /** Default: none. */
  readonly rows?: Iterable<OctopodsRow>
  readonly tableOptions?: OctopodsTableOptions
}

/** What answering one request needs. */
interface Channel {
  readonly table: OctopodsTable
  readonly settings: OctopodsSettings
  readonly nextRequestId: () => string
}

/**
 * Starts Octopods' API v1: `GET /whatsapp/messages` and `GET /whatsapp/messages/{id}`.
 * Messages of other channels have a status endpoint too, which knows none here.
 * @throws the system's error when the port cannot be had.
 */
export async function startOctopodsEmulator(
  options: OctopodsEmulatorOptions = {},
): Promise<OctopodsEmulator> {
  const { host = '127.0.0.1', port = 0, table: given, rows, tableOptions, ...chosen } = options
  const settings: OctopodsSettings = { ...OCTOPODS_DEFAULTS, ...chosen }
  const table = given ?? createOctopodsTable(rows, tableOptions)
  const channel: Channel = { table, settings, nextRequestId: createRequestIds() }
  const upstream = {
    basePath: '/api/v1',
    credentials: (headers: IncomingHttpHeaders) => headers['x-octopods-auth']?.toString() ?? '',
    accepts: (credentials: string) => credentials === settings.apiKey,
    respond: (call: UpstreamCall) => respond(call, channel),
    errorReply: (status: number) =>
      octopodsError(undocumentedError(status), channel.nextRequestId(), settings),
  }
  return startServer(upstream, table, settings, { host, port })
}

async function respond(call: UpstreamCall, channel: Channel): Promise<Reply> {
  const { settings, nextRequestId } = channel
  if (!call.record.authorization.valid) return octopodsError(KEY_REFUSED, nextRequestId(), settings)
  if (call.path === '/whatsapp/messages') return list(call, channel)
  const [, medium, id] = /^\/(whatsapp|sms|vbm)\/messages\/([^/]+)$/.exec(call.path) ?? []
  if (id === undefined) return octopodsError(undocumentedError(404), nextRequestId(), settings)
  const known = medium === 'whatsapp' && /^\d+$/.test(id)
  return messageStatus(known ? Number(id) : Number.NaN, call, channel)
}

async function list(call: UpstreamCall, { table, settings, nextRequestId }: Channel): Promise<Reply> {
  const rows = table.select({ limit: readLimit(call.record, settings.maxLimit) })
  const messages = rows.map((row) => listItem(row, settings))
  await call.selected()
  if (messages.length === 0) return octopodsError(NOT_FOUND, nextRequestId(), settings)
  const body = settings.listShape === 'A' ? messages : { request_id: nextRequestId(), messages }
  return jsonReply(200, body, messages)
}

async function messageStatus(
  id: number,
  call: UpstreamCall,
  { table, settings, nextRequestId }: Channel,
): Promise<Reply> {
  const row = table.get(id)
  await call.selected()
  if (row === undefined) return octopodsError(NOT_FOUND, nextRequestId(), settings)
  const body = statusBody(row, nextRequestId(), settings)
  return jsonReply(200, body, [body])
}

function readLimit({ searchParams, ignored }: UpstreamCall['record'], maximum: number): number {
  let limit = maximum
  for (const [name, value] of searchParams) {
    if (name === 'limit' && /^[1-9]\d*$/.test(value)) limit = Math.min(Number(value), maximum)
    else ignored.push(`${name}=${value}`)
  }
  return limit
}

function createRequestIds(): () => string {
  let count = 0
  return () => `5f0b9c8a-2d1e-4e9a-9c4b-${(++count).toString(16).padStart(12, '0')}`
}
