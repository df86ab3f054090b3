import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Reconciliation } from '@waybill/runtime'
import type { CommandHost } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { openFile, streamOutput } from '../export/output.js'
import { createFindingWriter, type FindingFormat } from './finding-formats.js'

/** Where findings go. */
export interface FindingsTarget {
  readonly format: FindingFormat
  /** Null: standard output. */
  readonly output: string | null
}

/** How many characters are written at once. */
const CHUNK = 65_536

/**
 * Writes all findings. A file appears under its name when it is whole, so that nobody takes a part of it for the report.
 *
 * @throws OutputError where it cannot be written.
 */
export async function writeFindings(
  { lines }: Reconciliation,
  { format, output }: FindingsTarget,
  host: CommandHost,
  signal: AbortSignal,
): Promise<void> {
  if (output === null)
    return writeLines(lines(), createFindingWriter(format, false), streamOutput(host.stdout, signal))
  await writing(output, async () => {
    const path = resolve(host.cwd(), output)
    const part = `${path}.part`
    await rm(part, { force: true })
    const file = await openFile(part, null)
    try {
      await writeLines(lines(), createFindingWriter(format, true), file)
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

async function writeLines(
  lines: AsyncIterable<string>,
  writer: ReturnType<typeof createFindingWriter>,
  output: { write(bytes: Uint8Array): Promise<void> },
): Promise<void> {
  let text = writer.head
  for await (const line of lines) {
    text += writer.write(line)
    if (text.length < CHUNK) continue
    await output.write(Buffer.from(text))
    text = ''
  }
  await output.write(Buffer.from(text))
}
