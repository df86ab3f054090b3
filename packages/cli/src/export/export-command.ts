import { type Command, Option } from 'commander'
import { EXPORT_FIELD_NAMES, FORMAT_NAMES } from '@waybill/export'
import type { CommandContext } from '../command/context.js'
import type { ExportFlags } from './export-request.js'
import { runExport } from './run-export.js'

/** `waybill export`: messages into a file or to standard output. */
export function declareExport(program: Command, context: CommandContext): void {
  program
    .command('export')
    .description('write messages as NDJSON, CSV, XLSX or Parquet, to a file or to standard output')
    .option('--config <file>', 'the configuration; otherwise WAYBILL_CONFIG, otherwise waybill.config.json')
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
    .option('--since <time>', 'sent at this time or later: 2026-01-31, 2026-01-31T12:00:00Z')
    .option('--until <time>', 'sent before this time')
    .option('--search <text>', 'messages whose text contains this; case does not matter')
    .option('--sort <sort>', 'created_at or updated_at, with - before it for descending', '-created_at')
    .option('--fields <names>', `some of ${EXPORT_FIELD_NAMES.join(',')}; default: all but the last two`)
    .addOption(
      new Option(
        '--format <format>',
        'default: the one that the name of the file ends in, else ndjson',
      ).choices(FORMAT_NAMES),
    )
    .option('--output <file>', 'where to; default: standard output')
    .option('--resume', 'continue an unfinished export; NDJSON and CSV only')
    .option('--overwrite', 'start again and replace the file')
    .option('--partial', 'leave out a source that fails, instead of stopping')
    .option('--separator <separator>', "CSV: ',' (default), ';' or tab between two cells")
    .option('--time-zone <zone>', 'XLSX: the zone of its times, such as Europe/Berlin; default: UTC')
    .option('--no-bom', 'CSV into a file: leave the byte-order mark out')
    .option('--no-formula-guard', 'CSV: no apostrophe before what a spreadsheet would run or change')
    .option('--json', 'print a summary as JSON: on standard output, or on standard error beside the messages')
    .action(async (flags: ExportFlags) => context.finish(await runExport(flags, context)))
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value]
}
