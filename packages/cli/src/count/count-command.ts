import { type Command, Option } from 'commander'
import type { CommandContext } from '../command/context.js'
import { COUNT_KEY_NAMES, type CountFlags } from './count-request.js'
import { runCount } from './run-count.js'

/** `waybill count`: how many messages match, in groups. */
export function declareCount(program: Command, context: CommandContext): void {
  program
    .command('count')
    .description('count messages in groups, as a table or as JSON')
    .option('--config <file>', 'the configuration; otherwise WAYBILL_CONFIG, otherwise waybill.config.json')
    .option(
      '--by <keys>',
      `some of ${COUNT_KEY_NAMES.join(',')}, in the order of the table; empty: one figure`,
      'status',
    )
    .option('--time-zone <zone>', 'whose days and hours are meant, e.g. Europe/Berlin', 'UTC')
    .addOption(
      new Option(
        '--filter <clause>',
        "e.g. 'filter[status][in]=failed,deleted'; all that are given must hold",
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--source <id>', 'only this source; may be given several times')
        .argParser(collect)
        .default([], 'all'),
    )
    .option(
      '--since <time>',
      'sent at this time or later: 2026-01-31 (in the time zone), 2026-01-31T12:00:00Z',
    )
    .option('--until <time>', 'sent before this time')
    .option('--search <text>', 'messages whose text contains this; case does not matter')
    .option('--max-requests <number>', 'how many upstream requests it may cost; default: any number')
    .option('--partial', 'leave out a source that fails, instead of stopping')
    .option('--json', 'print the groups, and what each source contributed, as JSON')
    .action(async (flags: CountFlags) => context.finish(await runCount(flags, context)))
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value]
}
