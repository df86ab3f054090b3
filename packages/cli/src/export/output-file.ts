import { stat } from 'node:fs/promises'
import { UsageError } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { type ExportOutput, openFile } from './output.js'

/** The file that an export goes to. */
export interface OutputFile {
  readonly path: string
  /** As it was asked for. */
  readonly name: string
}

/** The file beside it (`NAME.part`) that is written until it is whole: a file of the name itself never lacks its end. */
export function partOf({ path, name }: OutputFile): OutputFile {
  return { path: `${path}.part`, name: `${name}.part` }
}

/**
 * Opens a file, whose writing then fails with an OutputError.
 * @param keep how much of the file stays; null: the file must not be there yet
 * @param isResumable whether an export into the file can be continued
 */
export async function openOutput(
  { path, name }: OutputFile,
  keep: number | null,
  isResumable: boolean,
): Promise<ExportOutput> {
  const output = await openFile(path, keep)
  return {
    get bytes() {
      return output.bytes
    },
    write: (bytes) => writing(name, () => output.write(bytes), isResumable),
    flush: () => output.flush(),
    close: () => output.close(),
  }
}

/**
 * The size of a file in bytes; null where it is not there.
 * @throws UsageError for what is not a regular file, such as a folder or a device.
 */
export async function sizeOf({ path, name }: OutputFile): Promise<number | null> {
  try {
    const found = await stat(path)
    if (found.isFile()) return found.size
    throw new UsageError([
      `${name} is not a regular file: choose another --output, or leave it out for standard output`,
    ])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
