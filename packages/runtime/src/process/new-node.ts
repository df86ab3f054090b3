import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'
import { stopSignal } from './stop-signal.js'

/**
 * Runs a program that needs a newer Node.js than the one that may have been asked for it. One that is too old hands it to
 * the one that a clone brings along; where there is none, it says what to do.
 *
 * @param run gets what resolves when a signal tells the program to stop. It is listened for from the beginning: loading a
 *   program takes long enough for one to come meanwhile.
 * @returns the exit code
 */
export async function onNewNode(run: (stopped: Promise<NodeJS.Signals>) => Promise<number>): Promise<number> {
  const complaint = nodeComplaint()
  if (complaint === null) {
    const stopped = stopSignal(process)
    keepCompiled()
    return run(stopped)
  }
  const bundled = findBundledNode()
  if (bundled !== null) return runUnder(bundled, process.argv.slice(1))
  process.stderr.write(complaint)
  return 1
}

/**
 * Keeps what Node.js compiles for the next start, in a folder of the user's own: whoever can write there could run
 * anything as this user anyway, which does not hold for the system's temporary folder. NODE_COMPILE_CACHE names another
 * folder, NODE_DISABLE_COMPILE_CACHE=1 keeps nothing. Where nothing can be written, nothing is kept.
 */
function keepCompiled(): void {
  const { XDG_CACHE_HOME: caches, HOME: home, LOCALAPPDATA: local } = process.env
  const folder = isSet(caches) ? caches : isSet(home) ? join(home, '.cache') : local
  // By the module's object: an old Node.js, which is to be told so, lacks the export.
  if (isSet(folder)) module.enableCompileCache(join(folder, 'waybill'))
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}

/** The oldest Node.js that runs Waybill. SQLite comes as a native part that needs Node-API 10, which is in no older one. */
const OLDEST_NODE = '22.14.0'

/**
 * Why this Node.js cannot run Waybill, for the operator; null where it can. An older one would end without a word in the
 * middle of it, with a segmentation fault where it opens SQLite, so it is asked before anything else is loaded.
 */
export function nodeComplaint(version: string = process.versions.node): string | null {
  if (version.localeCompare(OLDEST_NODE, 'en', { numeric: true }) >= 0) return null
  return `Waybill cannot start: it needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a newer one; a clone of Waybill includes one: begin the command with \`npx -y pnpm@12 exec node\`.\n`
}

const FOLLOW_PARENT = new URL('follow-parent.js', import.meta.url).href
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** The Node.js of the npm package `node`, which a clone has; null where there is none, or where it is this one. */
function findBundledNode(): string | null {
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
async function runUnder(node: string, args: readonly string[]): Promise<number> {
  const child = spawn(node, ['--import', FOLLOW_PARENT, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // In a group of its own a terminal's signals do not reach it, so each comes once: by way of this process.
    detached: process.platform !== 'win32',
  })
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
}
