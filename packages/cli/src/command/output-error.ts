/** The machine does not let an output be written. The message says why, and what to do. */
export class OutputError extends Error {
  constructor(name: string, cause: NodeJS.ErrnoException) {
    const reason = REASONS[cause.code ?? ''] ?? `${OTHERWISE} (${cause.code})`
    super(`${name} cannot be written: ${reason}`, { cause })
    this.name = 'OutputError'
  }
}

const OTHERWISE = 'the system refuses it. Choose another --output'

/** What the codes of the system mean to who called the command. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there. Make the folder, or choose another --output',
  ENOTDIR: 'a part of its path is no folder. Choose another --output',
  EACCES: 'this user has no right to. Give it the right, or choose another --output',
  EROFS: 'the place is read-only. Choose another --output',
  ENOSPC: 'the disk is full. Make room, and repeat the command with --resume',
}

/**
 * Does what writes an output.
 * @param name what the output is called by who asked for it
 * @throws OutputError in the place of the system's errors; any other error as it is.
 */
export async function writing<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isSystemError(error) ? new OutputError(name, error) : error
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
