import type { Archive } from '@waybill/archive'
import type { PhoneOptions } from '@waybill/core'
import type { MessagePage, RequestAllowance } from '@waybill/engine'
import type { ConfiguredSource } from '@waybill/runtime'
import type { CallerView } from '../access/caller-view.js'
import type { ArchiveLoaders } from './archive-loaders.js'
import type { AnswerMeter } from './count-answer.js'
import type { MessageLoaders } from './message-loaders.js'

/** What the resolvers of one operation share. */
export interface OperationContext extends CallerView {
  /** Null: nothing is kept. */
  readonly archive: Archive | null
  /** How phone numbers in filters are read. Default: national numbers are refused. */
  readonly phones?: PhoneOptions | undefined
  readonly loaders: MessageLoaders & ArchiveLoaders
  /** Aborted when the client goes away, and when the operation reaches a limit. */
  readonly signal: AbortSignal
  /** The upstream requests that all fields of the operation together may send. */
  readonly allowance: RequestAllowance
  readonly meter: AnswerMeter
  /** Pages of `messages` that were read before GraphQL executes the operation, by their names in the answer. */
  readonly pages?: ReadonlyMap<string | number, Promise<MessagePage>> | undefined
  /** Resolves when it is the caller's turn to keep the processor busy. */
  readonly turn: () => Promise<void>
  /** When the caller's token ends, in milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null
  /** Aborted when the server is closing: what would go on without an end ends. */
  readonly closing: AbortSignal
}

/** The source of the configuration that the engine speaks of. */
export function configuredSourceOf(
  sources: ReadonlyMap<string, ConfiguredSource>,
  id: string,
): ConfiguredSource {
  const source = sources.get(id)
  if (source === undefined) throw new Error(`The engine reads a source that is not configured: ${id}`)
  return source
}
