import { rename, rm } from 'node:fs/promises'
import { BEGINNING } from '@waybill/export'
import { UsageError } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { openOutput, type OutputFile, partOf, sizeOf } from './output-file.js'
import type { ExportTarget, TargetMode } from './target.js'

/**
 * A file that nothing can be added to later. It gets its name once it is whole. What was not finished is removed.
 *
 * @throws UsageError where the file, or an unfinished one, is there and is not to be replaced; OutputError where it
 *   cannot be written, later on as well.
 */
export function wholeFile(file: OutputFile, mode: TargetMode): Promise<ExportTarget> {
  return writing(file.name, () => openTarget(file, mode))
}

async function openTarget(file: OutputFile, mode: TargetMode): Promise<ExportTarget> {
  const part = partOf(file)
  // Before anything is removed: a device is not to be.
  const [size, partSize] = [await sizeOf(file), await sizeOf(part)]
  if (mode === 'overwrite') await rm(part.path, { force: true })
  else refuse(file, size, partSize)
  const output = await openOutput({ ...part, name: file.name }, null, false)
  let isFinished = false
  return {
    output,
    start: BEGINNING,
    save: async () => undefined,
    finish: () =>
      writing(file.name, async () => {
        await output.flush()
        await rename(part.path, file.path)
        isFinished = true
      }),
    close: async () => {
      await output.close()
      if (!isFinished) await rm(part.path, { force: true })
    },
  }
}

function refuse({ name }: OutputFile, size: number | null, partSize: number | null): void {
  const again = 'replace it with --overwrite, or choose another --output'
  if (size !== null) throw new UsageError([`${name} exists: ${again}`])
  if (partSize !== null) {
    throw new UsageError([
      `${name}.part is left from an export that was killed, or is being written: ${again}`,
    ])
  }
}
