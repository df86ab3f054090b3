import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Both upstreams, served by the installed package in a process of its own. */
export interface RunningEmulators extends AsyncDisposable {
  /** What a client has to know, as the examples take it from their environment. */
  readonly env: Readonly<Record<string, string>>
}

/** Prints what clients need as one line of JSON, and serves until its standard input ends. */
const SCRIPT = `
import {
  generateOctopodsRows,
  generateWacrRows,
  startOctopodsEmulator,
  startWacrEmulator,
} from '@waybill/emulators'

const apiKey = 'octo-s3cret-key'
const token = 'wacr-s3cret-token'
await using octopods = await startOctopodsEmulator({ apiKey, rows: generateOctopodsRows({ count: 250, seed: 1 }) })
await using wacr = await startWacrEmulator({ token, rows: generateWacrRows({ count: 250, seed: 1 }) })
console.log(
  JSON.stringify({
    OCTOPODS_BASE_URL: octopods.url,
    OCTOPODS_API_KEY: apiKey,
    WACR_BASE_URL: wacr.url,
    WACR_TOKEN: token,
  }),
)
for await (const _ of process.stdin);
`

export async function startEmulators(consumer: string): Promise<RunningEmulators> {
  const script = join(consumer, 'emulators.mjs')
  await writeFile(script, SCRIPT)
  const child = spawn(process.execPath, [script], { cwd: consumer, stdio: ['pipe', 'pipe', 'inherit'] })
  const env = JSON.parse(await firstLine(child)) as Record<string, string>
  return { env, [Symbol.asyncDispose]: () => stop(child) }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The emulators have no standard output')
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  if (line.done === true) throw new Error('The emulators ended before they were ready')
  return line.value
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.stdin?.end()
  await ended
}
