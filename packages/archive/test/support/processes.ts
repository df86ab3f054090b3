import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { SyncEvent } from '../../src/index.js'
import type { ProcessOptions } from './sync-process.js'

/** A process that syncs, once it is told to, until it is stopped, killed, or the test ends. */
export interface SyncProcess {
  readonly events: readonly SyncEvent[]
  begin(): void
  /** Until it has done something for the `count`th time. */
  did(count: number): Promise<void>
  /** Ends it as a crash or a power cut would. */
  kill(): Promise<void>
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number | null>
  /** What it wrote to standard error. */
  errors(): string
}

const SCRIPT = fileURLToPath(new URL('sync-process.ts', import.meta.url))

/** Starts a process that can begin to sync at once when this resolves. */
export async function startSyncProcess(options: ProcessOptions): Promise<SyncProcess> {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const events: SyncEvent[] = []
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const lines = createInterface({ input: child.stdout })
  const ready = Promise.withResolvers<void>()
  const waiting = new Set<() => void>()
  lines.on('line', (line) => {
    if (line === 'ready') ready.resolve()
    else events.push(JSON.parse(line) as SyncEvent)
    for (const look of waiting) look()
  })
  void ended.then(() => ready.reject(new Error(`The process ended early:\n${errors}`)))
  await ready.promise
  return {
    events,
    begin: () => void child.stdin.write('begin\n'),
    did: async (count) => {
      if (events.length >= count) return
      await new Promise<void>((resolve, reject) => {
        waiting.add(() => events.length >= count && resolve())
        void ended.then(() => reject(new Error(`The process ended early:\n${errors}`)))
      })
    },
    errors: () => errors,
    kill: async () => void (await endWith(child, ended, 'SIGKILL')),
    stop: async () => endWith(child, ended, 'SIGTERM'),
  }
}

async function endWith(
  child: ChildProcess,
  ended: Promise<unknown>,
  signal: NodeJS.Signals,
): Promise<number | null> {
  child.kill(signal)
  await ended
  return child.exitCode
}
