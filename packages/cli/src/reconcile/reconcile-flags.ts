import type { PhoneOptions } from '@waybill/core'
import { readReconcileFlags, type ReconcileChoices, type ReconcileFlags } from '@waybill/runtime'
import { UsageError } from '../command/context.js'
import { formatByEnding } from '../command/output-format.js'
import { FINDING_FORMATS, type FindingFormat } from '@waybill/export'

/** The flags of `waybill reconcile`, as they were given. */
export interface CommandFlags extends ReconcileFlags {
  readonly config?: string
  readonly source: readonly string[]
  readonly live?: boolean
  readonly dryRun?: boolean
  readonly format?: FindingFormat
  readonly output?: string
  readonly resume?: boolean
  readonly overwrite?: boolean
  readonly json?: boolean
}

/** What is to be compared, how and where to. */
export interface ReconcileCommand extends ReconcileChoices {
  readonly sources: readonly string[]
  readonly isLive: boolean
  readonly isDryRun: boolean
  readonly format: FindingFormat
  /** Null: standard output. */
  readonly output: string | null
  readonly isResumed: boolean
  /** Whether an output that is there is replaced. */
  readonly isOverwriting: boolean
  readonly json: boolean
}

/**
 * @param log - where the log is; `-` for standard input
 * @param isTerminal - whether standard output is one
 * @throws UsageError listing everything that is wrong with the flags.
 */
export function readCommand(
  log: string,
  flags: CommandFlags,
  phones: PhoneOptions,
  isTerminal: boolean,
): ReconcileCommand {
  const errors: string[] = []
  const output = flags.output === undefined || flags.output === '-' ? null : flags.output
  const isResumed = flags.resume ?? false
  if (output === '') errors.push('--output: expected a file, found nothing')
  if (isResumed && output === null)
    errors.push('--resume needs --output FILE: findings on standard output cannot be continued')
  if (isResumed && log === '-')
    errors.push('--resume needs a log in a file: standard input cannot be read again')
  if (isResumed && flags.overwrite === true)
    errors.push('--resume continues and --overwrite starts again: choose one')
  const format = flags.format ?? formatByEnding(output, FINDING_FORMATS, errors)
  if (format === 'xlsx' && output === null && isTerminal)
    errors.push('--format xlsx is not for a terminal: add --output FILE, or send it to a pipe')
  const command: ReconcileCommand = {
    ...readReconcileFlags(flags, nameFlag, phones, errors),
    sources: flags.source,
    isLive: flags.live ?? false,
    isDryRun: flags.dryRun ?? false,
    format,
    output,
    isResumed,
    isOverwriting: flags.overwrite ?? false,
    json: flags.json ?? false,
  }
  if (errors.length > 0) throw new UsageError(errors)
  return command
}

/** `finalAfter` as it is written on the command line: `--final-after`. */
function nameFlag(flag: string): string {
  return `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
