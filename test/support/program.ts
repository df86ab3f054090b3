import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished } from 'vitest'

/** A program of ours that runs as a process of its own. */
export interface RunningProgram {
  readonly output: { stdout: string; stderr: string }
  /** Resolves with the first group of the pattern once what was written matches. */
  seen(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string>
  signal(signal: NodeJS.Signals): void
  readonly pid: number
  /** Stops reading standard output, as `head` does. */
  hangUp(): void
  /** The exit code, once all output has arrived; null after a signal that it did not handle. */
  readonly exited: Promise<number | null>
}

export interface ProgramOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** The Node.js to run it, with its own arguments; default: this one. */
  readonly node?: readonly [string, ...string[]]
}

/**
 * Starts a program: its built main file, and its arguments. Its temporary files go into `cwd`. It is killed when the test
 * ends, and no secret was in what it wrote.
 */
export function startProgram(
  main: string,
  args: readonly string[],
  { cwd, env = {}, node: [node, ...nodeArgs] = [process.execPath] }: ProgramOptions,
): RunningProgram {
  const child = spawn(node, [...nodeArgs, main, ...args], { cwd, env: programEnvironment(cwd, env) })
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
    pid: child.pid ?? 0,
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

/** What a program's environment is: little, so that nothing of this process's is taken for a setting. */
export function programEnvironment(
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const cache = process.env['NODE_COMPILE_CACHE']
  return { TMPDIR: cwd, ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }), ...env }
}

/** The URL in the line that a server prints when it is ready. */
export function readyUrl(server: RunningProgram): Promise<string> {
  return server.seen('stdout', /^Waybill is ready at (http:\S+)\n/m)
}
