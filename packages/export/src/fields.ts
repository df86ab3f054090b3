import { formatDateTime, type MessageField } from '@waybill/core'
import type { ArchiveRecord } from '@waybill/archive'
import type { SourcedMessage } from '@waybill/engine'

/** A field of an export: what it is made from, and how. */
export interface ExportField {
  readonly needs: readonly MessageField[]
  /** Whether only the archive has it. */
  readonly archived?: boolean
  value(message: ExportedMessage): unknown
}

/** Fields of a message that an export leaves out: `rawStatus` adds nothing to `status`, `failure` has two fields. */
type LeftOut = 'rawStatus' | 'failure'

/** A new field of a message is one of an export too, unless it is left out on purpose. */
export type ExportFieldName =
  | Exclude<MessageField, LeftOut>
  | 'source'
  | 'contactBasis'
  | 'failureCode'
  | 'failureReason'
  | 'deliveredAt'
  | 'readAt'
  | 'deletedAt'
  | 'statusHistory'

/** Every field, in the order in which they are written. */
export const EXPORT_FIELDS: Readonly<Record<ExportFieldName, ExportField>> = {
  source: { needs: [], value: ({ source }) => source },
  upstreamId: plain('upstreamId'),
  whatsappId: plain('whatsappId'),
  sentAt: { needs: ['sentAt'], value: ({ message }) => formatDateTime(message.sentAt) },
  direction: plain('direction'),
  type: plain('type'),
  rawType: plain('rawType'),
  status: plain('status'),
  from: plain('from'),
  to: plain('to'),
  contact: { needs: ['contact'], value: ({ message }) => message.contact?.id ?? null },
  contactBasis: { needs: ['contact'], value: ({ message }) => message.contact?.basis ?? null },
  text: plain('text'),
  interactionId: plain('interactionId'),
  isRead: plain('isRead'),
  failureCode: { needs: ['failure'], value: ({ message }) => message.failure?.code ?? null },
  failureReason: { needs: ['failure'], value: ({ message }) => message.failure?.reason ?? null },
  deliveredAt: { needs: [], archived: true, value: ({ archived }) => timeOf(archived?.detail?.deliveredAt) },
  readAt: { needs: [], archived: true, value: ({ archived }) => timeOf(archived?.detail?.readAt) },
  deletedAt: { needs: [], archived: true, value: ({ archived }) => timeOf(archived?.deletedAt) },
  statusHistory: {
    needs: [],
    archived: true,
    value: ({ archived }) =>
      (archived?.statusHistory ?? []).map(({ status, observedAt }) => ({
        status,
        observedAt: timeOf(observedAt),
      })),
  },
  raw: plain('raw'),
}

/** The names of all fields. */
export const EXPORT_FIELD_NAMES: readonly ExportFieldName[] = Object.keys(EXPORT_FIELDS) as ExportFieldName[]

/** Those that are written where nobody chooses: all that fit into a cell. */
export const DEFAULT_FIELDS: readonly ExportFieldName[] = EXPORT_FIELD_NAMES.filter(
  (name) => name !== 'raw' && name !== 'statusHistory',
)

/** The message fields that some fields of an export are made from. */
export function neededFields(names: readonly ExportFieldName[]): ReadonlySet<MessageField> {
  return new Set(['upstreamId', ...names.flatMap((name) => EXPORT_FIELDS[name].needs)])
}

function plain(field: MessageField): ExportField {
  return { needs: [field], value: ({ message }) => message[field] }
}

function timeOf(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : formatDateTime(value)
}

/** A message on its way out. */
export interface ExportedMessage extends SourcedMessage {
  /** What the archive knows of it; null where its source is read live. */
  readonly archived: ArchiveRecord | null
}
