import { FINDING_FORMATS } from '@waybill/export'
import { LOG_FIELDS } from '@waybill/reconcile'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../command/context.js'
import { addConfigOption, repeatedOption, SOURCE_OPTION } from '../command/shared-options.js'
import type { CommandFlags } from './reconcile-flags.js'
import { runReconcile } from './run-reconcile.js'

/** `waybill reconcile`: compares a send log with the message history. */
export function declareReconcile(program: Command, context: CommandContext): void {
  const command = program
    .command('reconcile')
    .description('compare a send log with the message history, entry by entry')
    .argument('<log>', 'CSV with a line of names, or NDJSON; - for standard input')
  addConfigOption(command)
    .addOption(
      repeatedOption(
        '--map <field=column>',
        `the column of a field: ${LOG_FIELDS.join(', ')}`,
        'by the names of the columns',
      ),
    )
    .addOption(SOURCE_OPTION)
    .option('--window <span>', 'how far a message may be from its entry in time; default: -2m..10m')
    .option('--final-after <duration>', 'the age at which a status should be final; default: 72h')
    .option(
      '--since <time>',
      'judge what was sent at this time or later: 2026-01-31 (in --time-zone), 2026-01-31T12:00:00Z',
    )
    .option('--until <time>', 'judge what was sent before this time')
    .option('--live', 'read the upstreams, and not the archive')
    .option(
      '--time-zone <zone>',
      'the zone of times without one, of days, and of the times in XLSX, such as Europe/Berlin; default of days and XLSX: UTC',
    )
    .option(
      '--default-country <code>',
      'the country of national numbers, such as DE; default: that of the configuration',
    )
    .option('--encoding <name>', 'the encoding of the log, such as windows-1252; default: UTF-8 or UTF-16')
    .option('--dry-run', 'show how the log is read, with its first entries, and stop')
    .addOption(
      new Option('--format <format>', 'default: by the ending of the file name, else ndjson').choices(
        FINDING_FORMATS,
      ),
    )
    .option('--output <file>', 'where the findings go; default: standard output')
    .option('--resume', 'continue an interrupted reconciliation into the same output')
    .option('--overwrite', 'start again and replace the output')
    .option('--json', 'print the summary as JSON, on standard error if the findings are on standard output')
    .option(
      '--fail-on <verdicts>',
      'the verdicts that end the command with 4, separated by commas; default: every difference',
    )
    .action(async (log: string, flags: CommandFlags) =>
      context.finish(await runReconcile(log, flags, context)),
    )
}
