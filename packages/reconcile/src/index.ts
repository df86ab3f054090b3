export type * from './entry.js'
export * from './finding.js'
export * from './history-message.js'
export * from './meanings.js'
export { readOptions, type Doubt, type MatchWindow, type ReconcileOptions, type Settings } from './options.js'
export * from './compare/normalize-text.js'
export * from './reconcile.js'
export * from './reconciler.js'
export * from './time-order.js'
export * from './find-displaced.js'
export {
  type ColumnMap,
  type GivenColumns,
  guessColumns,
  LOG_FIELDS,
  type LogField,
  mapColumns,
} from './log/columns.js'
export { joinTime } from './log/time-of-day.js'
export { type LocalZone, localZone, type ReadTime, readTime, type TimeFormat } from './log/times.js'
export { isJsonObject, jsonMembers } from './log/json-members.js'
export { decodeLog } from './log/decode-log.js'
export { LOG_FAULTS, LogError, type LogFault, type LogPlace } from './log/log-error.js'
export { openLog, type OpenLog, type ReadLogOptions } from './log/read-log.js'
export { type DetectedFormat, detectFormat, type LogFormat } from './log/log-format.js'
export * from './agreement.js'
export * from './history-doubts.js'
export * from './reconcile-log.js'
export { findTimeShifts } from './shift/find-time-shifts.js'
export {
  LARGEST_SHIFT_MS,
  maybeShifted,
  TimeShiftFinder,
  type TimeShiftOptions,
} from './shift/time-shift-finder.js'
