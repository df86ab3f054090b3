import { rm, stat } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { ExportPoint, ExportStart } from '@waybill/export'
import { UsageError } from '../command/context.js'
import { type ExportOutput, openFile, streamOutput } from './output.js'
import { writing } from '../command/output-error.js'
import {
  readResumeState,
  removeResumeState,
  resumeFileOf,
  type ResumeState,
  writeResumeState,
} from './resume-file.js'

/** Where an export goes, and where it begins. */
export interface ExportTarget {
  readonly output: ExportOutput
  readonly start: ExportStart
  /** Makes sure that the export can go on from here, whatever happens to this process. */
  save(point: ExportPoint): Promise<void>
  /** The export is done: nothing is left to go on with. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** What to do with a file that is there: `new`: leave it alone; `resume`: go on; `overwrite`: begin again. */
export type TargetMode = 'new' | 'resume' | 'overwrite'

const BEGINNING: ExportStart = { cursor: null, messages: 0, incompleteness: {} }

const nothing = async (): Promise<void> => undefined

/** A stream cannot be gone on with. */
export function streamTarget(stream: Writable, signal: AbortSignal): ExportTarget {
  const output = streamOutput(stream, signal)
  return { output, start: BEGINNING, save: nothing, finish: nothing, close: nothing }
}

/** The file that an export goes to. */
export interface OutputFile {
  readonly path: string
  /** As it was asked for. */
  readonly name: string
}

/**
 * A file, and beside it another one that says how far it came.
 * @param query what is exported: an export of something else cannot go on in this file
 * @throws UsageError where the file does not fit the mode; OutputError where it cannot be written, later on as well.
 */
export function fileTarget(file: OutputFile, mode: TargetMode, query: string): Promise<ExportTarget> {
  return writing(file.name, () => openTarget(file, mode, query))
}

async function openTarget(
  { path, name }: OutputFile,
  mode: TargetMode,
  query: string,
): Promise<ExportTarget> {
  const resumeFile = resumeFileOf(path)
  // Before anything is removed: a device is not to be.
  const there = await sizeOf(path, name)
  if (mode === 'overwrite') await Promise.all([rm(path, { force: true }), removeResumeState(resumeFile)])
  const state = await readResumeState(resumeFile)
  const found = { name, mode, state, bytes: mode === 'overwrite' ? null : there }
  refuse(found, query)
  const begun = state ?? { version: 1, query, cursor: null, bytes: 0, messages: 0, incompleteness: {} }
  // Before the file itself: one that is there without it is taken for a finished export.
  if (state === null) await writeResumeState(resumeFile, begun)
  const output = await openFile(path, found.bytes === null ? null : begun.bytes)
  return {
    output: {
      get bytes() {
        return output.bytes
      },
      write: (text) => writing(name, () => output.write(text)),
      flush: () => output.flush(),
      close: () => output.close(),
    },
    start: { cursor: begun.cursor, messages: begun.messages, incompleteness: begun.incompleteness },
    save: ({ cursor, messages, bytes, incompleteness }) =>
      writing(name, async () => {
        await output.flush()
        await writeResumeState(resumeFile, { ...begun, cursor, bytes, messages, incompleteness })
      }),
    finish: () =>
      writing(name, async () => {
        await output.flush()
        await removeResumeState(resumeFile)
      }),
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
    throw new UsageError([`${name} exists, and is no unfinished export: ${again}`])
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

async function sizeOf(path: string, name: string): Promise<number | null> {
  try {
    const found = await stat(path)
    if (found.isFile()) return found.size
    throw new UsageError([
      `${name} is no regular file: choose another --output, or leave it out for standard output`,
    ])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
