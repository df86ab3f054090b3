export type { JwtAccess, LoginAccess, ServerAuth, TokenAccess } from './config/auth.js'
export { type Scope, SCOPES } from './config/scope.js'
export type { Environment } from './config/environment.js'
export type {
  ArchiveConfiguration,
  Configuration,
  GivenBy,
  GraphQLConfiguration,
  ReadMode,
  ServerConfiguration,
  SourceConfiguration,
  SyncConfiguration,
} from './config/configuration.js'
export type {
  AuthSection,
  DocumentsMode,
  ConfigurationFile,
  JwtSection,
  LoginSection,
  ServerSection,
  SourceSection,
  TokenSection,
} from './config/configuration-file.js'
export { configurationJsonSchema } from './config/configuration-schema.js'
export { fillLimits, type ServerLimits } from './config/server-limits.js'
export { COUNTRIES, phoneOptions } from './config/national-numbers.js'
export { isLoopback } from './config/loopback.js'
export {
  connectSources,
  type ConnectedSources,
  type ConnectOptions,
  type History,
} from './history/connect-sources.js'
export { decodeGlobalId, encodeGlobalId, type GlobalId } from './history/global-id.js'
export { keepSyncing, type Syncing } from './history/keep-syncing.js'
export { comparedSources, type ComparedSource, type SourceChoice } from './reconcile/compared-source.js'
export {
  type NameFlag,
  readReconcileFlags,
  type ReconcileChoices,
  type ReconcileFlags,
} from './reconcile/reconcile-flags.js'
export { printSummary } from './reconcile/summary-json.js'
export {
  type Reconciliation,
  type ReconcilePhase,
  type ReconcileRequest,
  type ReconcileSettings,
  type ReconciledRow,
  type ReconcileSummary,
  reconcileSources,
  type WorkFile,
} from './reconcile/reconcile-sources.js'
export type { SourceSpan } from './reconcile/source-span.js'
export { WorkStoreError } from './reconcile/work-store.js'
export { createLogger, type LoggerOptions } from './log/create-logger.js'
export { describeDefect } from './log/describe-defect.js'
export type { Logger, LogStream } from './log/logger.js'
export { logPause } from './log/pause-log.js'
export { logSyncEvent } from './log/sync-log.js'
export { describeFailure, describeUsageErrors, type StartFailure } from './process/describe-failure.js'
export { findConfiguration } from './process/find-configuration.js'
export { stopSignal, type SignalHost } from './process/stop-signal.js'
export { checkUpstream, type UpstreamCheck } from './sources/check-upstream.js'
export type { ConfiguredSource, UpstreamSource } from './sources/configured-source.js'
export { reportUnreachable, type SourceCheck } from './sources/report-unreachable.js'
export {
  loadConfiguration,
  type ConfigurationOrigin,
  type LoadedConfiguration,
  type LoadOptions,
} from './sources/load-configuration.js'
