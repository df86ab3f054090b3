import { EventEmitter } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../../src/index.js'
import type { Finished } from './waybill-process.js'

export interface RunOptions {
  readonly cwd: string
  /** What is on standard input. */
  readonly stdin?: string
}

/** Runs the command inside this process, which is cheaper than a process of its own. */
export async function runHere(args: readonly string[], { cwd, stdin = '' }: RunOptions): Promise<Finished> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const read = Promise.all([text(stdout), text(stderr)])
  const host = Object.assign(new EventEmitter(), {
    cwd: () => cwd,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
  })
  const code = await run(args, {}, host as unknown as NodeJS.Process)
  stdout.end()
  stderr.end()
  const [out, err] = await read
  return { code, stdout: out, stderr: err }
}
