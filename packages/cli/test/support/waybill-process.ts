import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The built command as a process of its own. */
export interface WaybillProcess {
  readonly output: { stdout: string; stderr: string }
  /** Resolves with the first group of the pattern once what was written matches. */
  seen(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string>
  signal(signal: NodeJS.Signals): void
  /** Stops reading standard output, as `head` does. */
  hangUp(): void
  /** The exit code, once all output has arrived; null after a signal that it did not handle. */
  readonly exited: Promise<number | null>
}

export interface SpawnOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Starts the command. It is gone after the test, whatever happens, and so is what it put into its temporary folder; and no
 * secret was in what it wrote.
 */
export function spawnWaybill(args: readonly string[], { cwd, env = {} }: SpawnOptions): WaybillProcess {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { TMPDIR: cwd, ...env } })
  const output = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text))
  }
  const exited = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
    expect(`${output.stdout}${output.stderr}`).not.toContain('s3cret')
  })
  return {
    output,
    exited,
    signal: (signal) => child.kill(signal),
    hangUp: () => child.stdout.destroy(),
    seen: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output[stream])
          if (match !== null) resolve(match[1] ?? '')
        }
        child[stream].on('data', look)
        look()
        void exited.then((code) => reject(new Error(`exited with ${code}: ${output.stderr}`)))
      }),
  }
}

/** What came of a command that ran to its end. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export async function runWaybill(args: readonly string[], options: SpawnOptions): Promise<Finished> {
  const { exited, output } = spawnWaybill(args, options)
  return { code: await exited, ...output }
}

/** The URL in the line that says that a server is ready. */
export function readyUrl(waybill: WaybillProcess): Promise<string> {
  return waybill.seen('stdout', /^Waybill is ready at (http:\S+)\n/)
}
