import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './workspace.js'

const execute = promisify(execFile)
const LONGEST_MS = 180_000

/** Where a command runs, and what its environment has besides this process's. */
export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * The standard output of a command.
 * @throws Error with all that the command printed, when it fails or takes longer than three minutes.
 */
export async function run(file: string, args: readonly string[], options: RunOptions): Promise<string> {
  const settings = {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    timeout: LONGEST_MS,
    maxBuffer: 64 * 1024 * 1024,
  }
  try {
    return (await execute(file, args, settings)).stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${file} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}

/** A command that the workspace has installed. */
export function tool(name: string): string {
  return join(root, 'node_modules', '.bin', name)
}
