import { EventEmitter } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { expect } from 'vitest'
import type { CommandHost } from '../../src/command/context.js'
import { run } from '../../src/index.js'

/** What came of a command that ran to its end. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  /** All that its environment has. */
  readonly env?: Readonly<Record<string, string>>
  /** What is on standard input; default: nothing. */
  readonly stdin?: string
}

export interface TerminalOptions extends RunOptions {
  /** The command is asked to stop as soon as standard error contains this. */
  readonly until?: string
  /** Whether standard output is a terminal, too. Default: no. */
  readonly hasTerminalOutput?: boolean
}

/**
 * Runs the command within this process, which costs a tenth of a process of its own. What only a process can show
 * (signals, streams of the system, that it ends) is tested with `spawnWaybill`. No secret is in what it writes.
 */
export function runWaybill(args: readonly string[], options: RunOptions): Promise<Finished> {
  return runIn(args, options, { isTTY: false })
}

/** The same with standard error on a terminal. */
export function runOnTerminal(args: readonly string[], options: TerminalOptions): Promise<Finished> {
  return runIn(args, options, { isTTY: true })
}

async function runIn(
  args: readonly string[],
  { cwd, env = {}, stdin = '', until, hasTerminalOutput = false }: TerminalOptions,
  { isTTY }: { readonly isTTY: boolean },
): Promise<Finished> {
  const [stdout, stderr] = [collect(), collect()]
  const signals = new EventEmitter()
  const host = Object.assign(signals, {
    cwd: () => cwd,
    exit: (code?: number) => {
      throw new Error(`exit ${code}`)
    },
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: Object.assign(stdout.stream, { isTTY: hasTerminalOutput }),
    stderr: Object.assign(stderr.stream, { isTTY }),
  }) as unknown as CommandHost
  const stopWhenSeen = (): void => {
    if (until === undefined || !stderr.text().includes(until)) return
    stderr.stream.off('data', stopWhenSeen)
    signals.emit('SIGTERM', 'SIGTERM')
  }
  stderr.stream.on('data', stopWhenSeen)
  const code = await run(args, env, host)
  const written = { stdout: stdout.text(), stderr: stderr.text() }
  expect(`${written.stdout}${written.stderr}`).not.toContain('s3cret')
  return { code, ...written }
}

function collect(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough()
  let text = ''
  stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  return { stream, text: () => text }
}
