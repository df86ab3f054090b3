import { type Command, Option } from 'commander'
import { EXPORT_FIELD_NAMES, FORMAT_NAMES } from '@waybill/export'
import type { CommandContext } from '../command/context.js'
import { addConfigOption, addQueryOptions } from '../command/shared-options.js'
import type { ExportFlags } from './export-request.js'
import { runExport } from './run-export.js'

/** `waybill export`: messages into a file or to standard output. */
export function declareExport(program: Command, context: CommandContext): void {
  const command = program
    .command('export')
    .description('write messages as NDJSON, CSV, XLSX or Parquet, to a file or to standard output')
  addConfigOption(command)
  addQueryOptions(command, '2026-01-31 (in --time-zone)')
    .option('--sort <sort>', 'created_at or updated_at, with - before it for descending', '-created_at')
    .option('--fields <names>', `some of ${EXPORT_FIELD_NAMES.join(',')}; default: all but the last two`)
    .addOption(
      new Option('--format <format>', 'default: by the ending of the file name, else ndjson').choices(
        FORMAT_NAMES,
      ),
    )
    .option('--output <file>', 'where to; default: standard output')
    .option('--resume', 'continue an unfinished export; NDJSON and CSV only')
    .option('--overwrite', 'start again and replace the file')
    .option('--separator <separator>', "CSV: ',' (default), ';' or tab between two cells")
    .option(
      '--time-zone <zone>',
      'the zone of the days of --since and --until, and of the times in XLSX, such as Europe/Berlin; default: UTC',
    )
    .option('--no-bom', 'CSV into a file: leave the byte-order mark out')
    .option('--no-formula-guard', 'CSV: no apostrophe before what a spreadsheet would run or change')
    .option('--json', 'print a summary as JSON, on standard error if the messages are on standard output')
    .action(async (flags: ExportFlags) => context.finish(await runExport(flags, context)))
}
