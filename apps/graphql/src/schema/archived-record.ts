import type { ArchiveRecord } from '@waybill/archive'
import type { SourcedMessage } from '@waybill/engine'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import { configuredSourceOf, type OperationContext } from './context.js'
import { selectionsOf } from './selection.js'

/** The fields of the schema's `Message` that are made from what only the archive knows. */
const FIELDS: readonly string[] = ['statusHistory', 'deletedAt']

/** Whether anything is selected below some fields that only the archive knows of their messages. */
export function needsRecords(fields: readonly FieldNode[], info: GraphQLResolveInfo): boolean {
  const selected = selectionsOf(fields, info)
  return FIELDS.some((field) => selected.has(field))
}

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

/** Makes a field's value from what the archive knows of a message; null: nothing. */
export function fromRecord<Value>(
  message: SourcedMessage,
  context: OperationContext,
  read: (record: ArchiveRecord | null) => Value,
): Value | Promise<Value> {
  const record = recordOf(message, context)
  return record instanceof Promise ? record.then(read) : read(record)
}

function recordOf(
  { source, message: { upstreamId } }: SourcedMessage,
  { sources, loaders }: OperationContext,
): ArchiveRecord | null | Promise<ArchiveRecord | null> {
  return configuredSourceOf(sources, source).read === 'live' ? null : loaders.record({ source, upstreamId })
}
