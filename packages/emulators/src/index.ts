// The two upstreams.
export {
  startOctopodsEmulator,
  type OctopodsEmulator,
  type OctopodsEmulatorOptions,
} from './octopods/octopods-emulator.js'
export {
  OCTOPODS_DEFAULTS,
  type OctopodsErrorShape,
  type OctopodsSettings,
} from './octopods/octopods-settings.js'
export { startWacrEmulator, type WacrEmulator, type WacrEmulatorOptions } from './wacr/wacr-emulator.js'
export {
  WACR_DEFAULTS,
  type WacrEnvelope,
  type WacrErrorShape,
  type WacrSettings,
} from './wacr/wacr-settings.js'

// Their tables, which also work without a server.
export {
  createOctopodsTable,
  type OctopodsFailure,
  type OctopodsQuery,
  type OctopodsRow,
  type OctopodsStatus,
  type OctopodsTable,
  type OctopodsTableOptions,
  type OctopodsTableSettings,
} from './octopods/octopods-table.js'
export type { RowTable } from './table/row-store.js'
export type { Ties } from './table/page-of.js'
export type { SearchCollation } from './wacr/like.js'
export {
  createWacrTable,
  type WacrFilterClause,
  type WacrFilterField,
  type WacrFilterOperator,
  type WacrQuery,
  type WacrRow,
  type WacrSelection,
  type WacrSort,
  type WacrTable,
  type WacrTableOptions,
  type WacrTableSettings,
} from './wacr/wacr-table.js'

// What is done to them, and what they record.
export type { Emulator, ListenOptions } from './server/emulator.js'
export type { Fault, Faults, RequestRecord } from './server/faults.js'
export type { TimestampFormat } from './server/reply.js'
export type { ReceivedRequest } from './server/faults.js'
export type { RequestListener, RequestStages, Stage } from './server/stages.js'

// Generated messages.
export { generateOctopodsRows, plainOctopodsRow, type OctopodsDataOptions } from './data/octopods-rows.js'
export type { TimeOptions } from './data/times.js'
export { createTrickle, startTrickle, type Trickle, type TrickleOptions } from './data/trickle.js'
export {
  generateWacrRows,
  plainWacrRow,
  type WacrDataOptions,
  type WacrMakerOptions,
} from './data/wacr-rows.js'
export { createRandom, type Random } from './random/random.js'
