import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** A command, and where its output goes. */
export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
  readonly output: string
  /** Beside the environment of this process. */
  readonly environment?: NodeJS.ProcessEnv
}

/** What a command took. */
export interface CommandCost {
  readonly seconds: number
  /** Processor time of its process, in seconds; 0 where the system does not show it. */
  readonly cpuSeconds: number
  /** The most that was resident, in MiB; 0 where the system does not show it. */
  readonly peakMiB: number
}

/** How often the system is asked for what a process uses: it forgets that when the process ends. */
const LOOK_MS = 20
const TICK_SECONDS = 0.01

/** Runs a command to its end. @param accepted exit codes beside 0 @throws Error when it fails, or is not installed */
export async function costOf(
  { command, args, output, environment = {} }: CommandLine,
  accepted: readonly number[] = [],
): Promise<CommandCost> {
  const file = openSync(output, 'w')
  const begin = performance.now()
  const child = spawn(command, args, {
    stdio: ['ignore', file, 'ignore'],
    env: { ...process.env, ...environment },
  })
  closeSync(file)
  let used = { cpuSeconds: 0, peakMiB: 0 }
  const looking = setInterval(() => {
    used = usedBy(child.pid ?? 0) ?? used
  }, LOOK_MS)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearInterval(looking)
  if (code !== 0 && !accepted.includes(code ?? -1)) throw new Error(`${command} ended with ${code}.`)
  return { seconds: (performance.now() - begin) / 1000, ...used }
}

function usedBy(pid: number): Pick<CommandCost, 'cpuSeconds' | 'peakMiB'> | null {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    // A process that has just ended shows its time still, and no memory.
    return peak === undefined
      ? null
      : { cpuSeconds: (user + system) * TICK_SECONDS, peakMiB: Number(peak) / 1024 }
  } catch {
    return null
  }
}
