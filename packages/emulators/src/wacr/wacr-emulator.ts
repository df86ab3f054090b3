import type { Emulator, ListenOptions, UpstreamCall } from '../server/emulator.js'
import { jsonReply, type Reply } from '../server/reply.js'
import type { RequestRecord } from '../server/faults.js'
import { startServer } from '../server/start-server.js'
import { detailBody, detailedItem, listBody, listedItem, wacrError } from './wacr-bodies.js'
import { readParameters } from './wacr-query.js'
import { createWacrTable, type WacrRow, type WacrTable, type WacrTableOptions } from './wacr-table.js'
import { WACR_DEFAULTS, type WacrSettings } from './wacr-settings.js'

export type WacrEmulator = Emulator<WacrTable, WacrSettings>

export interface WacrEmulatorOptions extends ListenOptions, Partial<WacrSettings> {
  /** Served as it is; without it one is made of `rows` and `tableOptions`. */
  readonly table?: WacrTable
  /** Default: none. */
  readonly rows?: Iterable<WacrRow>
  readonly tableOptions?: WacrTableOptions
}

/**
 * Starts WA.cr's API v2: `GET /messages` and `GET /messages/{id}`.
 * @throws the system's error when the port cannot be had.
 */
export async function startWacrEmulator(options: WacrEmulatorOptions = {}): Promise<WacrEmulator> {
  const { host = '127.0.0.1', port = 0, table: given, rows, tableOptions, ...chosen } = options
  const settings: WacrSettings = { ...WACR_DEFAULTS, ...chosen }
  const table = given ?? createWacrTable(rows, tableOptions)
  const upstream = {
    basePath: '/api/v2',
    credentials: (headers: { authorization?: string | undefined }) => headers.authorization ?? '',
    accepts: (credentials: string) => /^bearer (.*)$/i.exec(credentials)?.[1] === settings.token,
    respond: (call: UpstreamCall) => respond(call, table, settings),
    errorReply: (status: number) => wacrError(status, settings),
  }
  return startServer(upstream, table, settings, { host, port })
}

async function respond(call: UpstreamCall, table: WacrTable, settings: WacrSettings): Promise<Reply> {
  if (!call.record.authorization.valid) return wacrError(401, settings)
  if (!settings.scopes.includes('messages:read')) return wacrError(403, settings)
  if (call.path === '/messages') return list(call, table, settings)
  const id = /^\/messages\/(\d+)$/.exec(call.path)?.[1]
  return id === undefined ? wacrError(404, settings) : detail(Number(id), call, table, settings)
}

async function list(call: UpstreamCall, table: WacrTable, settings: WacrSettings): Promise<Reply> {
  const { fields, ignored, ...parameters } = readParameters(received(call, settings))
  call.record.ignored.push(...ignored)
  const query = { ...parameters, perPage: Math.min(parameters.perPage, settings.maxPerPage) }
  const total = settings.totals ? table.count(query) : null
  if (total !== null) await call.counted()
  // Laravel's paginator does not ask for the rows when it has counted none.
  const rows = total === 0 ? [] : table.page(query)
  // Without a count it asks for one row more than it shows.
  const hasMore = (total ?? table.count(query)) > query.page * query.perPage
  const items = rows.map((row) => listedItem(row, fields, settings))
  await call.selected()
  const address = `http://${call.record.headers.host ?? ''}${call.record.path}`
  const page = { items, page: query.page, perPage: query.perPage, total, hasMore, address }
  return jsonReply(200, listBody(page, settings), items)
}

function received({ record }: UpstreamCall, { trimInput }: WacrSettings): RequestRecord['searchParams'] {
  if (!trimInput) return record.searchParams
  const trimmed = record.searchParams.map(([name, value]) => [name, value.trim()] as const)
  return trimmed.filter(([, value]) => value !== '')
}

async function detail(
  id: number,
  call: UpstreamCall,
  table: WacrTable,
  settings: WacrSettings,
): Promise<Reply> {
  const row = table.get(id)
  await call.selected()
  if (row === undefined) return wacrError(404, settings)
  const item = detailedItem(row, settings)
  return jsonReply(200, detailBody(item, settings), [item])
}
