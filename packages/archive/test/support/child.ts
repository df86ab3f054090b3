import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process that opens an archive. It uses the build, as any user of the package does. */
export function startOpening(url: string): ChildProcess {
  const script = join(import.meta.dirname, 'open-archive.ts')
  return spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Everything that a process printed until it ended, and its exit code. */
export async function outcomeOf(child: ChildProcess): Promise<{ output: string; code: number | null }> {
  let output = ''
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { output, code }
}
