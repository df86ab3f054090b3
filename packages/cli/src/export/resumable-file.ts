import { rename, rm } from 'node:fs/promises'
import { UsageError } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { openOutput, type OutputFile, partOf, sizeOf } from './output-file.js'
import {
  readResumeState,
  removeResumeState,
  resumeFileOf,
  type ResumeState,
  writeResumeState,
} from './resume-file.js'
import type { ExportTarget, TargetMode } from './target.js'

/**
 * A file that can be continued. It gets its name once it is whole; until then, beside it there is another one that says how far
 * it came.
 *
 * @param query what is exported: an export of something else cannot go on in this file
 * @throws UsageError where the file does not fit the mode; OutputError where it cannot be written, later on as well.
 */
export function resumableFile(file: OutputFile, mode: TargetMode, query: string): Promise<ExportTarget> {
  return writing(file.name, () => openTarget(file, mode, query))
}

async function openTarget(file: OutputFile, mode: TargetMode, query: string): Promise<ExportTarget> {
  const { path, name } = file
  const part = partOf(file)
  const resumeFile = resumeFileOf(path)
  const overwrites = mode === 'overwrite'
  // Before anything is removed: a device is not to be.
  const [size, partSize] = [await sizeOf(file), await sizeOf(part)]
  if (overwrites) await Promise.all([rm(part.path, { force: true }), removeResumeState(resumeFile)])
  const state = await readResumeState(resumeFile)
  if (!overwrites) refuse({ name, mode, state, size, partSize }, query)
  const begun = state ?? {
    version: 1,
    query,
    cursor: null,
    overwrites,
    bytes: 0,
    messages: 0,
    unexplained: 0,
    reports: [],
  }
  // Before the part: one without it cannot be continued.
  if (state === null) await writeResumeState(resumeFile, begun)
  const keep = overwrites || partSize === null ? null : begun.bytes
  const output = await openOutput({ ...part, name }, keep, true)
  return {
    output,
    start: {
      cursor: begun.cursor,
      messages: begun.messages,
      unexplained: begun.unexplained,
      reports: begun.reports,
    },
    save: ({ cursor, messages, unexplained, bytes, reports }) =>
      writing(
        name,
        async () => {
          await output.flush()
          // Before the first page and after the last one there is no cursor. Continuing there would write everything twice.
          if (cursor !== null)
            await writeResumeState(resumeFile, { ...begun, cursor, bytes, messages, unexplained, reports })
        },
        true,
      ),
    finish: () =>
      writing(
        name,
        async () => {
          await output.flush()
          await rename(part.path, path)
          await removeResumeState(resumeFile)
        },
        true,
      ),
    close: () => output.close(),
  }
}

interface FoundFiles {
  readonly name: string
  readonly mode: TargetMode
  readonly state: ResumeState | null
  /** Null where there is no such file. */
  readonly size: number | null
  readonly partSize: number | null
}

function refuse({ name, mode, state, size, partSize }: FoundFiles, query: string): void {
  const again = 'start again with --overwrite, or choose another --output'
  if (size !== null && state?.overwrites !== true) throw new UsageError([`${name} exists: ${again}`])
  if (state === null) {
    if (partSize === null) return
    throw new UsageError([`${name}.part exists, and nothing says how far it came: ${again}`])
  }
  if (mode !== 'resume') {
    throw new UsageError([`an export into ${name} is unfinished: continue with --resume, or ${again}`])
  }
  if (state.query !== query) {
    throw new UsageError([`${name} was started with other flags: repeat them to continue, or ${again}`])
  }
  if ((partSize ?? 0) < state.bytes) {
    throw new UsageError([`${name}.part is shorter than the export that was written to it: ${again}`])
  }
}
