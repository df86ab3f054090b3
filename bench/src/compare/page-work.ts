import { readFile, rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Running } from '../stage/running.ts'

/** What a server has done so far. */
export interface Work {
  /** Run in SQLite. */
  readonly statements: number
  readonly hashes: number
  /** Allocated on the heap of JavaScript. */
  readonly bytes: number
}

const COUNTER = fileURLToPath(new URL('count-work.ts', import.meta.url))
/** Beside {@link countingEnvironment}: the server whose work can be counted. */
export const COUNTED_WAYBILL: string = fileURLToPath(new URL('serve-modules.ts', import.meta.url))

const REQUESTS = 300
const PAUSE_MS = 10

/** The environment of a server that counts what it does. @param file where it writes that */
export function countingEnvironment(file: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=${COUNTER}`, WAYBILL_BENCH_WORK: file }
}

/** What a server does for one request, on average: one after the other, once everything is compiled. */
export async function workOf({ pid }: Running, file: string, request: () => Promise<unknown>): Promise<Work> {
  for (let index = 0; index < REQUESTS; index += 1) await request()
  const before = await readWork(pid, file)
  for (let index = 0; index < REQUESTS; index += 1) await request()
  const after = await readWork(pid, file)
  const each = (name: keyof Work): number => (after[name] - before[name]) / REQUESTS
  return { statements: each('statements'), hashes: each('hashes'), bytes: each('bytes') }
}

async function readWork(pid: number, file: string): Promise<Work> {
  await rm(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text !== null) return JSON.parse(text) as Work
    await wait(PAUSE_MS)
  }
}
