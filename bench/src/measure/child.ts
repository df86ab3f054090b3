import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A script that runs in a process of its own, and says what it has to say in lines of JSON on standard output. */
export interface Child {
  readonly pid: number
  /** @returns undefined when the process has ended. @throws Error when it failed, or said something that is no JSON */
  next(): Promise<unknown>
  /** Ends it, if it still runs. */
  end(): Promise<void>
}

/**
 * Starts a script so that nothing but it is in its memory.
 *
 * @param script address of the file
 * @param argument what the script finds as JSON in `process.argv[2]`; see {@link childArgument}
 * @param heapMiB the most that its heap may take
 * @param environment beside that of this process
 */
export function startChild(
  script: URL,
  argument: unknown,
  heapMiB = 4096,
  environment: NodeJS.ProcessEnv = {},
): Child {
  const flags = ['--expose-gc', `--max-old-space-size=${heapMiB}`]
  const child = spawn(process.execPath, [...flags, fileURLToPath(script), JSON.stringify(argument)], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    pid: child.pid ?? 0,
    next: async () => {
      const line = await lines.next()
      if (line.done !== true) return JSON.parse(line.value) as unknown
      const [code, signal] = await exited
      if (code !== 0) throw new Error(`${fileURLToPath(script)} ended with ${code ?? signal}.`)
      return undefined
    },
    end: () => endProcess(child, exited),
  }
}

async function endProcess(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill()
  await exited
}

/** What {@link startChild} gave this script. */
export function childArgument(): unknown {
  return JSON.parse(process.argv[2] ?? 'null')
}

/** Says something to whoever started this script. */
export function say(value: unknown): void {
  console.log(JSON.stringify(value))
}
