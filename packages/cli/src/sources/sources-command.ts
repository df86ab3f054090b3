import type { Command } from 'commander'
import { type CommandContext, ExitCode } from '../command/context.js'
import { openWorkspace } from '../command/workspace.js'
import { describeSource } from './describe-source.js'
import { overviewOf, type SourceOverview } from './source-overview.js'
import { interruption } from '../command/interruption.js'
import { addConfigOption } from '../command/shared-options.js'

interface SourcesFlags {
  readonly config?: string
  readonly json?: boolean
}

/** `waybill sources`: what each source is, whether it answers, and how its archive is. */
export function declareSources(program: Command, context: CommandContext): void {
  const command = program
    .command('sources')
    .description('check each source with one request, and show its abilities and its archive')
  addConfigOption(command)
    .option('--json', 'print a JSON array')
    .action(async (flags: SourcesFlags) => context.finish(await showSources(flags, context)))
}

async function showSources({ config, json }: SourcesFlags, context: CommandContext): Promise<number> {
  const interrupted = interruption(context)
  const { host } = context
  try {
    const overviews = await readOverviews(context, config, interrupted.signal)
    const text =
      json === true
        ? `${JSON.stringify(overviews, null, 2)}\n`
        : overviews.map((overview) => describeSource(overview)).join('\n')
    host.stdout.write(text)
    return overviews.every(({ upstream }) => upstream.ok) ? ExitCode.DONE : ExitCode.FAILED
  } catch (error) {
    const exitCode = interrupted.exitCodeFor(error)
    host.stderr.write('Interrupted.\n')
    return exitCode
  }
}

async function readOverviews(
  context: CommandContext,
  config: string | undefined,
  signal: AbortSignal,
): Promise<SourceOverview[]> {
  const { sources, history, close } = await openWorkspace(context, config)
  try {
    signal.throwIfAborted()
    const archive = history?.archive ?? null
    return await Promise.all(sources.map((source) => overviewOf(source, archive, signal)))
  } finally {
    await close()
  }
}
