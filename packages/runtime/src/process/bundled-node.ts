import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'

const FOLLOW_PARENT = new URL('follow-parent.js', import.meta.url).href
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** The Node.js of the npm package `node`, which a clone has; null where there is none, or where it is this one. */
export function findBundledNode(): string | null {
  try {
    const path = realpathSync(createRequire(import.meta.url).resolve('node/bin/node'))
    return path === realpathSync(process.execPath) ? null : path
  } catch {
    return null
  }
}

/**
 * Runs a script under another Node.js as if it were this process: with its input and output, its signals and its end. It
 * ends with this process too, also when this one is killed.
 *
 * @param args the script and its arguments
 * @returns the exit code; after a signal, 128 and its number
 */
export async function runUnder(node: string, args: readonly string[]): Promise<number> {
  const child = spawn(node, ['--import', FOLLOW_PARENT, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // In a group of its own a terminal's signals do not reach it, so each comes once: by way of this process.
    detached: process.platform !== 'win32',
  })
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
}
