import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { runSync, type SyncFlags } from '../sync/run-sync.js'

/** `waybill sync`: brings the archive up to date, once or for good. */
export function declareSync(program: Command, context: CommandContext): void {
  program
    .command('sync')
    .description('bring the archive up to date with its sources')
    .argument('[source...]', 'ids of the sources; default: all')
    .option('--config <file>', 'the configuration; otherwise WAYBILL_CONFIG, otherwise waybill.config.json')
    .option('--watch', 'go on until SIGINT or SIGTERM; several workers share the work')
    .option('--json', 'print what happens as one JSON object a line')
    .action(async (sources: readonly string[], flags: SyncFlags) =>
      context.finish(await runSync(sources, flags, context)),
    )
}
