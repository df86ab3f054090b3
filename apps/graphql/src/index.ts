export type {
  ArchiveConfiguration,
  Configuration,
  ReadMode,
  ServerAuth,
  ServerConfiguration,
  SourceConfiguration,
  SyncConfiguration,
} from './config/configuration.js'
export type { ConfigurationFile, ServerSection, SourceSection } from './config/configuration-file.js'
export type { Environment } from './config/environment.js'
export {
  loadConfiguration,
  type ConfigurationOrigin,
  type LoadedConfiguration,
  type LoadOptions,
} from './config/load-configuration.js'
export { createLogger, type Logger, type LoggerOptions, type LogStream } from './log/logger.js'
export type { RunningServer } from './server/server.js'
export type { ConfiguredSource, UpstreamSource } from './sources/configured-source.js'
export {
  connectSources,
  type ConnectedSources,
  type ConnectOptions,
  type History,
} from './sources/connect-sources.js'
export { run, type RunHost, type RunOptions } from './start/run.js'
export { startWaybill, type StartOptions } from './start/start-waybill.js'
