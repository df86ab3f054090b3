import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** An output cannot be written. The message names the output, the reason, and what to do. */
export class OutputError extends Error {
  /** Whether the reader of the output has gone, as with `waybill export | head`. */
  readonly isClosed: boolean

  /**
   * @param file the name of the file as it was given; null for standard output
   * @param isResumable whether an export into the file has begun, and can be continued
   */
  constructor(file: string | null, cause: NodeJS.ErrnoException, isResumable = false) {
    const { reason, remedy } = reasonOf(cause) ?? {
      reason: `the system refuses it (${cause.code ?? 'no code'})`,
    }
    const otherwise = file === null ? 'Send it elsewhere' : 'Choose another --output'
    const advice = remedy === undefined ? otherwise : `${remedy}, and run the command again`
    const resume = isResumable ? ' An unfinished export continues with --resume.' : ''
    super(`${file ?? 'standard output'} cannot be written: ${reason}. ${advice}.${resume}`, { cause })
    this.name = 'OutputError'
    this.isClosed = cause.code === 'EPIPE'
  }
}

interface Reason {
  readonly reason: string
  /** What to do, where that is more than to write to another place. */
  readonly remedy?: string
}

/** What the codes of the system mean. */
const REASONS: Readonly<Record<string, Reason>> = {
  ENOENT: { reason: 'its folder does not exist', remedy: 'Make the folder' },
  ENOTDIR: { reason: 'a part of its path is not a folder' },
  EACCES: { reason: 'this user has no right to', remedy: 'Grant the right' },
  EPERM: { reason: 'this user has no right to', remedy: 'Grant the right' },
  EROFS: { reason: 'the file system is read-only' },
  ENOSPC: { reason: 'the disk is full', remedy: 'Make room' },
  EDQUOT: { reason: 'the disk quota is used up', remedy: 'Make room' },
  EFBIG: { reason: 'it would be larger than the system allows' },
  EIO: { reason: 'the device failed (EIO)' },
  EPIPE: { reason: 'its reader has gone' },
}

function reasonOf({ code = '', path }: NodeJS.ErrnoException): Reason | undefined {
  // Special file systems, such as /proc, answer so where nobody may make a file.
  if (code === 'ENOENT' && path !== undefined && existsSync(dirname(path)))
    return { reason: 'the system allows no new file in its folder' }
  return REASONS[code]
}

/**
 * Does what writes a file.
 *
 * @param file the name of the file as it was given
 * @param isResumable whether an export into the file has begun, and can be continued
 * @throws OutputError in place of an error of the system; any other error as it is
 */
export async function writing<T>(file: string, work: () => Promise<T>, isResumable = false): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isSystemError(error) ? new OutputError(file, error, isResumable) : error
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
