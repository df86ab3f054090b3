export { run, type RunHost, type RunOptions } from './start/run.js'
export type { RunningServer } from './server/server.js'
export { startWaybill, type StartOptions } from './start/start-waybill.js'
