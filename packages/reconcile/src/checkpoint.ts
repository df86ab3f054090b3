import { WaybillError } from '@waybill/core'
import type { Summary } from './finding.js'
import type { AsideState } from './match/aside-entries.js'
import type { BufferedItem } from './match/buffered-item.js'
import type { Settings } from './options.js'

/** Where a reconciliation was interrupted. */
export interface Checkpoint {
  /** How many entries were taken before: a log goes on after them. */
  readonly entries: number
  /** How many messages were taken before. */
  readonly messages: number
  /** The time of the latest entry or message; null where there was none. */
  readonly time: number | null
  readonly summary: Summary
  readonly held: readonly BufferedItem[]
  readonly aside: AsideState
}

const VERSION = 1

/** A checkpoint as text, bound to the options that it was made with. */
export function writeCheckpoint(checkpoint: Checkpoint, settings: Settings): string {
  return JSON.stringify({ version: VERSION, options: fingerprint(settings), checkpoint })
}

/** @throws WaybillError BAD_USER_INPUT for a text that is not a checkpoint, or for one made with other options. */
export function readCheckpoint(text: string, settings: Settings): Checkpoint {
  const found = parse(text)
  if (found?.version !== VERSION)
    throw new WaybillError(
      'BAD_USER_INPUT',
      'This is not a checkpoint of a reconciliation: start without it.',
    )
  if (found.options !== fingerprint(settings))
    throw new WaybillError(
      'BAD_USER_INPUT',
      'The checkpoint was made with other options: give the same ones, or start without it.',
    )
  return found.checkpoint
}

function parse(text: string): { version: unknown; options: unknown; checkpoint: Checkpoint } | null {
  try {
    const value = JSON.parse(text) as { version: unknown; options: unknown; checkpoint: Checkpoint } | null
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

function fingerprint(settings: Settings): string {
  return JSON.stringify({ ...settings, displaced: [...settings.displaced.keys()] })
}
