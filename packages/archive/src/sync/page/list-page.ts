import {
  MESSAGE_FIELDS,
  type Message,
  type MessageField,
  type MessageSort,
  type ProviderCapabilities,
  type SourceWarning,
  type SourceWarningCode,
} from '@waybill/core'
import type { MessagePage } from '@waybill/engine'

export const NEWEST: MessageSort = { field: 'createdAt', direction: 'desc' }
export const CHANGED: MessageSort = { field: 'updatedAt', direction: 'desc' }

/** Whether the source can list what changed last. Where it cannot, messages are asked for by id. */
export function tellsChanges({ sorts }: ProviderCapabilities): boolean {
  return sorts.some((sort) => sort.field === CHANGED.field && sort.direction === CHANGED.direction)
}

/** The fields that a plain list shows: all (`null`), or all but the direction that the engine learns by reading two lists. */
export function plainFields({
  fields: { direction },
}: ProviderCapabilities): ReadonlySet<MessageField> | null {
  return direction.listed === false ? PLAIN : null
}

export function messagesOf({ edges }: MessagePage): Message[] {
  return edges.map(({ message }) => message)
}

export function rejectedOf({ rejected }: MessagePage): MessagePage['rejected'][number]['row'][] {
  return rejected.map(({ row }) => row)
}

/** The ids of all rows that a page lists, whether they can be read or not. */
export function listedIn({ edges, rejected }: MessagePage): string[] {
  return [
    ...edges.map(({ message }) => message.upstreamId),
    ...rejected.flatMap(({ row }) => row.upstreamId ?? []),
  ]
}

/** Why the rows of a page need not be all that there are; empty where they are. */
export function lossesOf({ reports }: MessagePage): SourceWarning[] {
  return reports.flatMap(({ warnings }) => warnings.filter(({ code }) => !HARMLESS.has(code)))
}

/** Rows that are set aside are kept, and told of by themselves; the others are about what was asked, or about archives. */
const HARMLESS: ReadonlySet<SourceWarningCode> = new Set(['ROW_REJECTED', 'FIELD_NOT_TOLD', 'ARCHIVE_LATE'])

/** As {@link lossesOf}, of the head of a list. What one request brought was there at one instant, and nothing has moved in it. */
export function lossesAtHead(page: MessagePage): SourceWarning[] {
  const isOneInstant = page.reports.every(({ upstreamRequests }) => upstreamRequests <= 1)
  return lossesOf(page).filter(({ code }) => !(isOneInstant && OF_MOVEMENT.has(code)))
}

const OF_MOVEMENT: ReadonlySet<SourceWarningCode> = new Set(['TIES_UNPROVEN', 'PLACE_LOST'])

/** Warnings of several pages, each once. */
export function joinWarnings(...parts: readonly (readonly SourceWarning[])[]): SourceWarning[] {
  return [...new Map(parts.flat().map((each) => [`${each.code} ${each.field}`, each])).values()]
}

const PLAIN: ReadonlySet<MessageField> = new Set(
  MESSAGE_FIELDS.filter((field) => field !== 'direction' && field !== 'contact'),
)
