export { ExitCode } from './command/context.js'
export type { CommandHost } from './command/context.js'
export { run } from './run.js'
