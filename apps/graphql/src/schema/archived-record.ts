import type { ArchiveRecord } from '@waybill/archive'
import type { SourcedMessage } from '@waybill/engine'
import { configuredSourceOf, type OperationContext } from './context.js'

/**
 * Has the archive tell what it knows of messages before fields of theirs are resolved, which then takes no waiting: a
 * field that waits costs ten times as much as one that does not, and can be selected hundreds of times. What
 * cannot be had now fails where it is asked for.
 */
export async function loadRecords(
  messages: readonly SourcedMessage[],
  context: OperationContext,
): Promise<void> {
  await Promise.allSettled(messages.map(async (message) => recordOf(message, context)))
}

/** What the archive knows of a message; null for one whose source is read live. No promise once it was loaded. */
export function recordOf(
  { source, message: { upstreamId } }: SourcedMessage,
  { sources, loaders }: OperationContext,
): ArchiveRecord | null | Promise<ArchiveRecord | null> {
  return configuredSourceOf(sources, source).read === 'live' ? null : loaders.record({ source, upstreamId })
}
