import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { recordOutput } from '../server/support/transcript.js'

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The built server as a process of its own. */
export interface WaybillProcess {
  readonly output: { stdout: string; stderr: string }
  /** Resolves with the first group of the pattern once standard output or standard error matches. */
  seen(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string>
  signal(signal: NodeJS.Signals): void
  /** The exit code, once all output has arrived. */
  readonly exited: Promise<number | null>
}

export interface SpawnOptions {
  readonly args?: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** The Node.js to run it, with its own arguments; default: this one. */
  readonly node?: readonly [string, ...string[]]
}

/** Starts the server. It is gone after the test, whatever happens, and so is what it put into its temporary folder. */
export function spawnWaybill({
  args = [],
  cwd,
  env = {},
  node: [node, ...nodeArgs] = [process.execPath],
}: SpawnOptions): WaybillProcess {
  const child = spawn(node, [...nodeArgs, MAIN, ...args], { cwd, env: { TMPDIR: cwd, ...env } })
  const output = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text))
  }
  const exited = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
    recordOutput(args.join(' '), `${output.stdout}${output.stderr}`)
  })
  return {
    output,
    exited,
    signal: (signal) => child.kill(signal),
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

/** The URL in the line that says that the server is ready. */
export function readyUrl(waybill: WaybillProcess): Promise<string> {
  return waybill.seen('stdout', /^Waybill is ready at (http:\S+)\n/)
}
