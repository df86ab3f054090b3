import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { run, type RunHost } from '../../src/start/run.js'
import { recordOutput } from '../server/support/transcript.js'

/** The command within this process. */
export interface WaybillHere {
  readonly output: { stdout: string; stderr: string }
  /** The URL in the line that it prints when it is ready. */
  ready(): Promise<string>
  readonly exited: Promise<number>
}

export interface RunOptions {
  readonly args?: readonly string[]
  readonly cwd: string
  /** All that its environment has. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs the command within this process, until it ends or the test does. What only a process can show (signals, that it ends,
 * what it leaves behind) is tested with `spawnWaybill`. What it writes is kept for the leak check.
 */
export function runWaybill({ args = [], cwd, env = {} }: RunOptions): WaybillHere {
  const output = { stdout: '', stderr: '' }
  const isReady = Promise.withResolvers<string>()
  const stream = (name: 'stdout' | 'stderr'): PassThrough =>
    new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => {
      output[name] += text
      const url = /^Waybill is ready at (http:\S+)\n/m.exec(output.stdout)?.[1]
      if (url !== undefined) isReady.resolve(url)
    })
  const host = Object.assign(new EventEmitter(), {
    cwd: () => cwd,
    exit: (code?: number) => {
      throw new Error(`exit ${code}`)
    },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  })
  const exited = runToEnd()
  // Most tests wait for one of the two.
  isReady.promise.catch(() => undefined)
  onTestFinished(async () => {
    host.emit('SIGTERM', 'SIGTERM')
    await exited
  })
  return { output, exited, ready: () => isReady.promise }

  async function runToEnd(): Promise<number> {
    const code = await run(args, env, host as unknown as RunHost)
    // What was written arrives in a later turn.
    await setImmediate()
    recordOutput(args.join(' '), `${output.stdout}${output.stderr}`)
    isReady.reject(new Error(`ended with ${code}: ${output.stderr}`))
    return code
  }
}
