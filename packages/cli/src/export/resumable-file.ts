import { rm } from 'node:fs/promises'
import { UsageError } from '../command/context.js'
import { writing } from '../command/output-error.js'
import { openOutput, type OutputFile, sizeOf } from './output-file.js'
import {
  readResumeState,
  removeResumeState,
  resumeFileOf,
  type ResumeState,
  writeResumeState,
} from './resume-file.js'
import type { ExportTarget, TargetMode } from './target.js'

/**
 * A file, and beside it another one that says how far it came.
 * @param query what is exported: an export of something else cannot go on in this file
 * @throws UsageError where the file does not fit the mode; OutputError where it cannot be written, later on as well.
 */
export function resumableFile(file: OutputFile, mode: TargetMode, query: string): Promise<ExportTarget> {
  return writing(file.name, () => openTarget(file, mode, query))
}

async function openTarget(file: OutputFile, mode: TargetMode, query: string): Promise<ExportTarget> {
  const { path, name } = file
  const resumeFile = resumeFileOf(path)
  // Before anything is removed: a device is not to be.
  const there = await sizeOf(file)
  if (mode === 'overwrite') await Promise.all([rm(path, { force: true }), removeResumeState(resumeFile)])
  const state = await readResumeState(resumeFile)
  const found = { name, mode, state, bytes: mode === 'overwrite' ? null : there }
  refuse(found, query)
  const begun = state ?? {
    version: 1,
    query,
    cursor: null,
    bytes: 0,
    messages: 0,
    unexplained: 0,
    reports: [],
  }
  // Before the file itself: one that is there without it is taken for a finished export.
  if (state === null) await writeResumeState(resumeFile, begun)
  const output = await openOutput(file, found.bytes === null ? null : begun.bytes, true)
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
          await removeResumeState(resumeFile)
        },
        true,
      ),
    close: () => output.close(),
  }
}

interface FoundFile {
  readonly name: string
  readonly mode: TargetMode
  readonly state: ResumeState | null
  /** Null where there is no such file. */
  readonly bytes: number | null
}

function refuse({ name, mode, state, bytes }: FoundFile, query: string): void {
  const again = 'start again with --overwrite, or choose another --output'
  if (state === null) {
    if (bytes === null) return
    throw new UsageError([`${name} exists and is not an unfinished export: ${again}`])
  }
  if (mode !== 'resume') {
    throw new UsageError([`an export into ${name} is unfinished: continue with --resume, or ${again}`])
  }
  if (state.query !== query) {
    throw new UsageError([`${name} was started with other flags: repeat them to continue, or ${again}`])
  }
  if ((bytes ?? 0) < state.bytes) {
    throw new UsageError([`${name} is shorter than the export that was written to it: ${again}`])
  }
}
