export { ExitCode } from './exit-code.js'
export type { CommandHost } from './command-context.js'
export { run } from './run.js'
