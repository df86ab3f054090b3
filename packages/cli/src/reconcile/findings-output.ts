import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CommandHost } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { openFile, streamOutput } from '../export/output.js'

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
