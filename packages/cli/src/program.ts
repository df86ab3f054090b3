import { Command } from 'commander'
import type { CommandContext } from './command-context.js'
import { declareExport } from './commands/export-command.js'
import { declareServe } from './commands/serve-command.js'
import { declareSources } from './commands/sources-command.js'
import { declareSync } from './commands/sync-command.js'

/** The command with all that it can do. Nothing runs until it is given a command line. */
export function createProgram(context: CommandContext): Command {
  const { stdout, stderr } = context.host
  const program = new Command('waybill')
    .description('One GraphQL connection over message histories, and a permanent copy of them.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .configureHelp({ showGlobalOptions: true })
    .enablePositionalOptions()
    .showHelpAfterError('Run it with --help for what there is.')
  declareServe(program, context)
  declareSync(program, context)
  declareSources(program, context)
  declareExport(program, context)
  return program
}
