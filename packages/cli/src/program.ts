import { once } from 'node:events'
import type { OutputWatch } from './command/output-watch.js'
import { Command } from 'commander'
import type { CommandContext } from './command/context.js'
import { declareCount } from './count/count-command.js'
import { declareExport } from './export/export-command.js'
import { declareReconcile } from './reconcile/reconcile-command.js'
import { declareSources } from './sources/sources-command.js'
import { declareSync } from './sync/sync-command.js'

const EXIT_CODES = `
Exit codes: 0 done, or stopped by a signal (serve, sync --watch); 1 failed because of an upstream, the archive or this machine;
2 wrong usage, configuration or log; 3 done, but a source is incomplete, or entries cannot be judged (reconcile);
4 done: log and history differ (reconcile); 130, 143 ended early by SIGINT, SIGTERM; 141 the reader of the output has gone.`

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
    .showHelpAfterError('Run it with --help to see all commands.')
    .addHelpText('after', EXIT_CODES)
  declareServe(program, context)
  declareSync(program, context)
  declareSources(program, context)
  declareExport(program, context)
  declareCount(program, context)
  declareReconcile(program, context)
  return program
}

/** `waybill serve`: the server, which reads its own flags. */
function declareServe(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('serve the sources as one GraphQL endpoint, and keep the archive up to date')
    .argument('[flags...]', 'see waybill serve --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (flags: readonly string[]) => {
      // The server takes long to load, and no other command needs it.
      const { run } = await import('@waybill/graphql')
      const { environment, host, output } = context
      const stopped = Promise.race([context.stopped, failureOf(output)])
      context.finish(await run(flags, environment, host, { command: 'waybill serve', stopped }))
    })
}

/** Stops a server whose address cannot be printed: whoever started it could not find it. */
async function failureOf({ signal }: OutputWatch): Promise<NodeJS.Signals> {
  if (!signal.aborted) await once(signal, 'abort')
  return 'SIGTERM'
}
