import { findTimeZone, nearestTimeZones, type TimeZone, UTC } from '@waybill/core'
import { type Command, Option } from 'commander'

/** Declares `--config`, which every command that reads the configuration has. */
export function addConfigOption(command: Command): Command {
  return command.option(
    '--config <file>',
    'the configuration; otherwise WAYBILL_CONFIG, otherwise waybill.config.json',
  )
}

/** An option that may be given several times. @param none what help shows where it is not given */
export function repeatedOption(flags: string, description: string, none: string): Option {
  return new Option(flags, description)
    .argParser((value: string, earlier: readonly string[]) => [...earlier, value])
    .default([], none)
}

export const SOURCE_OPTION: Option = repeatedOption(
  '--source <id>',
  'only this source; may be given several times',
  'all',
)

/** Declares the options that choose messages. @param day what a day means in `--since` and `--until` */
export function addQueryOptions(command: Command, day: string): Command {
  return command
    .addOption(
      repeatedOption(
        '--filter <clause>',
        "e.g. 'filter[status][in]=failed,deleted'; all that are given must hold",
        'none',
      ),
    )
    .addOption(SOURCE_OPTION)
    .option('--since <time>', `sent at this time or later: ${day}, 2026-01-31T12:00:00Z`)
    .option('--until <time>', 'sent before this time')
    .option('--search <text>', 'messages whose text contains this; case does not matter')
    .option('--partial', 'leave out a source that fails, instead of stopping')
}

/** The zone of `--time-zone`. @param errors gets what is wrong with it. */
export function readTimeZone(name: string, errors: string[]): TimeZone {
  const zone = findTimeZone(name)
  if (zone !== null) return zone
  const nearest = nearestTimeZones(name)
  const hint = nearest.length === 0 ? '' : ` Did you mean ${nearest.join(' or ')}?`
  errors.push(`--time-zone ${name}: expected an IANA time zone such as Europe/Berlin or UTC.${hint}`)
  return UTC
}
