import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CommandHost, UsageError } from '../command/context.js'

/** A send log that can be opened. */
export interface LogFile {
  /** Its bytes from the beginning. Standard input has them once. */
  read(): AsyncIterable<Uint8Array>
  /** A digest of its bytes; null for standard input. */
  digest(signal: AbortSignal): Promise<string | null>
}

/**
 * @param name - as it was given; `-` for standard input
 * @throws UsageError where the file cannot be read.
 */
export async function openLogFile(name: string, host: Pick<CommandHost, 'cwd' | 'stdin'>): Promise<LogFile> {
  if (name === '-') return { read: () => host.stdin, digest: async () => null }
  const path = resolve(host.cwd(), name)
  await checkReadable(path, name)
  return {
    read: () => createReadStream(path),
    digest: async (signal) => {
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Uint8Array)
      return hash.digest('base64url')
    },
  }
}

async function checkReadable(path: string, name: string): Promise<void> {
  try {
    const file = await open(path)
    const found = await file.stat()
    await file.close()
    if (found.isDirectory())
      throw new UsageError([`${name} is a folder: give a file, or - for standard input`])
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError([
      `${name} cannot be read: ${REASONS[codeOf(error)] ?? `the system refuses it (${codeOf(error)})`}`,
    ])
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'no code'
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist. Give the path of the log, or - for standard input',
  EACCES: 'this user has no right to. Grant the right',
  ENOTDIR: 'a part of its path is not a folder',
}
