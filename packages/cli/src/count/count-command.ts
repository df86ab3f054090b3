import type { Command } from 'commander'
import type { CommandContext } from '../command/context.js'
import { addConfigOption, addQueryOptions } from '../command/shared-options.js'
import { COUNT_KEY_NAMES, type CountFlags } from './count-request.js'
import { runCount } from './run-count.js'

/** `waybill count`: how many messages match, in groups. */
export function declareCount(program: Command, context: CommandContext): void {
  const count = program.command('count').description('count messages in groups, as a table or as JSON')
  addConfigOption(count)
    .option(
      '--by <keys>',
      `some of ${COUNT_KEY_NAMES.join(',')}, in the order of the columns; empty: one total`,
      'status',
    )
    .option('--time-zone <zone>', 'the time zone of days and hours, such as Europe/Berlin', 'UTC')
  addQueryOptions(count, '2026-01-31 (in the time zone)')
    .option('--max-requests <number>', 'how many upstream requests it may cost; default: no limit')
    .option('--json', 'print the groups, and what each source contributed, as JSON')
    .action(async (flags: CountFlags) => context.finish(await runCount(flags, context)))
}
