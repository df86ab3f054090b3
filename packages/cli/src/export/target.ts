import type { Writable } from 'node:stream'
import { BEGINNING, type ExportPoint, type ExportStart } from '@waybill/export'
import { type ExportOutput, streamOutput } from './output.js'

/** How far an export came, and how much of the output that is. */
export interface WrittenPoint extends ExportPoint {
  readonly bytes: number
}

/** Where an export goes, and where it begins. */
export interface ExportTarget {
  readonly output: ExportOutput
  readonly start: ExportStart
  /** Makes sure that the export can go on from here, whatever happens to this process. */
  save(point: WrittenPoint): Promise<void>
  /** The export is done: nothing is left to go on with. */
  finish(): Promise<void>
  close(): Promise<void>
}

/** What to do with a file that is there: `new`: leave it alone; `resume`: go on; `overwrite`: begin again. */
export type TargetMode = 'new' | 'resume' | 'overwrite'

const nothing = async (): Promise<void> => undefined

/** A stream cannot be gone on with. */
export function streamTarget(stream: Writable, signal: AbortSignal): ExportTarget {
  const output = streamOutput(stream, signal)
  return { output, start: BEGINNING, save: nothing, finish: nothing, close: nothing }
}
