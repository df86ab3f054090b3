import { access, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CommandHost, UsageError } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { sizeOf } from '../export/output-file.js'
import { openFile, streamOutput } from '../export/output.js'

/** The file beside an output that keeps the work until it is done. */
export function workFileBeside(output: string, host: CommandHost): string {
  return `${resolve(host.cwd(), output)}.work`
}

/**
 * Makes sure that no report is replaced unasked.
 * @param isResumed whether unfinished work is to be continued, whose output may be there from an earlier time
 * @throws UsageError for a file that is there; OutputError where it cannot be reached.
 */
export function refuseExisting(output: string, isResumed: boolean, host: CommandHost): Promise<void> {
  return writing(output, async () => {
    if ((await sizeOf({ path: resolve(host.cwd(), output), name: output })) === null) return
    const again = 'replace it with --overwrite, or choose another --output'
    if (!isResumed) throw new UsageError([`${output} exists: ${again}`])
    await access(workFileBeside(output, host)).catch(() => {
      throw new UsageError([`${output} exists, and no reconciliation into it is unfinished: ${again}`])
    })
  })
}

/**
 * Writes all findings. A file appears under its name when it is whole, so that nobody takes a part of it for the report.
 *
 * @param bytes as they are made
 * @param output a file; null: standard output
 * @throws OutputError where it cannot be written.
 */
export async function writeFindings(
  bytes: AsyncIterable<Uint8Array>,
  output: string | null,
  host: CommandHost,
  signal: AbortSignal,
): Promise<void> {
  if (output === null) return writeAll(bytes, streamOutput(host.stdout, signal))
  await writing(output, async () => {
    const path = resolve(host.cwd(), output)
    const part = `${path}.part`
    await rm(part, { force: true })
    const file = await openFile(part, null)
    try {
      await writeAll(bytes, file)
      await file.flush()
    } catch (error) {
      await rm(part, { force: true })
      throw error
    } finally {
      await file.close()
    }
    await rename(part, path)
  })
}

async function writeAll(
  bytes: AsyncIterable<Uint8Array>,
  output: { write(bytes: Uint8Array): Promise<void> },
): Promise<void> {
  for await (const chunk of bytes) await output.write(chunk)
}
