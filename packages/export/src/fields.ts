import { defineFieldsSchema, type FieldsSchema, formatDateTime, type MessageField } from '@waybill/core'
import type { ArchiveRecord, StatusChange } from '@waybill/archive'
import type { SourcedMessage } from '@waybill/engine'

/** A message on its way out. */
export interface ExportedMessage extends SourcedMessage {
  /** What the archive knows of it; null where its source is read live. */
  readonly archived: ArchiveRecord | null
}

/** A value of each kind: times are milliseconds since the epoch. */
interface ValueOfKind {
  readonly text: string | null
  readonly time: number | null
  readonly boolean: boolean | null
  readonly history: readonly StatusChange[]
  /** Whatever the upstream sent. */
  readonly json: unknown
}

export type FieldKind = keyof ValueOfKind

interface FieldOfKind<Kind extends FieldKind> {
  readonly kind: Kind
  /** Whether every message has a value. */
  readonly required?: boolean
  /** What it is made from. */
  readonly needs: readonly MessageField[]
  /** Whether only the archive has it. */
  readonly archived?: boolean
  value(message: ExportedMessage): ValueOfKind[Kind]
}

/** A field of an export: what it is made from, and how. */
export type ExportField = { readonly [Kind in FieldKind]: FieldOfKind<Kind> }[FieldKind]

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
  source: { kind: 'text', required: true, needs: [], value: ({ source }) => source },
  upstreamId: {
    kind: 'text',
    required: true,
    needs: ['upstreamId'],
    value: ({ message }) => message.upstreamId,
  },
  whatsappId: text('whatsappId'),
  sentAt: { kind: 'time', required: true, needs: ['sentAt'], value: ({ message }) => message.sentAt },
  direction: text('direction'),
  type: text('type'),
  rawType: text('rawType'),
  status: text('status'),
  from: text('from'),
  to: text('to'),
  contact: { kind: 'text', needs: ['contact'], value: ({ message }) => message.contact?.id ?? null },
  contactBasis: { kind: 'text', needs: ['contact'], value: ({ message }) => message.contact?.basis ?? null },
  text: text('text'),
  interactionId: text('interactionId'),
  isRead: { kind: 'boolean', needs: ['isRead'], value: ({ message }) => message.isRead },
  failureCode: { kind: 'text', needs: ['failure'], value: ({ message }) => message.failure?.code ?? null },
  failureReason: {
    kind: 'text',
    needs: ['failure'],
    value: ({ message }) => message.failure?.reason ?? null,
  },
  deliveredAt: {
    kind: 'time',
    needs: [],
    archived: true,
    value: ({ archived }) => archived?.detail?.deliveredAt ?? null,
  },
  readAt: {
    kind: 'time',
    needs: [],
    archived: true,
    value: ({ archived }) => archived?.detail?.readAt ?? null,
  },
  deletedAt: {
    kind: 'time',
    needs: [],
    archived: true,
    value: ({ archived }) => archived?.deletedAt ?? null,
  },
  statusHistory: {
    kind: 'history',
    required: true,
    needs: [],
    archived: true,
    value: ({ archived }) => archived?.statusHistory ?? [],
  },
  raw: { kind: 'json', needs: ['raw'], value: ({ message }) => message.raw },
}

/** The names of all fields. */
export const EXPORT_FIELD_NAMES: readonly ExportFieldName[] = Object.keys(EXPORT_FIELDS) as ExportFieldName[]

/** How a choice of fields is read. */
export const EXPORT_FIELDS_SCHEMA: FieldsSchema<ExportFieldName> = defineFieldsSchema(EXPORT_FIELD_NAMES, {
  sender: 'from',
  recipient: 'to',
  number: 'contact',
  phone: 'contact',
  id: 'upstreamId',
  date: 'sentAt',
  time: 'sentAt',
  created_at: 'sentAt',
  body: 'text',
  message: 'text',
  content: 'text',
  error: 'failureReason',
  reason: 'failureReason',
  code: 'failureCode',
  conversation: 'interactionId',
})

/** Those that are written where nobody chooses: all that fit into a cell. */
export const DEFAULT_FIELDS: readonly ExportFieldName[] = EXPORT_FIELD_NAMES.filter(
  (name) => name !== 'raw' && name !== 'statusHistory',
)

/** The message fields that some fields of an export are made from. */
export function neededFields(names: readonly ExportFieldName[]): ReadonlySet<MessageField> {
  return new Set(['upstreamId', ...names.flatMap((name) => EXPORT_FIELDS[name].needs)])
}

/** Reads the value of a field as JSON has it: times in ISO 8601. */
export function jsonReaderOf(name: ExportFieldName): (message: ExportedMessage) => unknown {
  const field = EXPORT_FIELDS[name]
  if (field.kind === 'time') return (message) => isoTime(field.value(message))
  if (field.kind !== 'history') return field.value
  return (message) =>
    field.value(message).map(({ status, observedAt }) => ({ status, observedAt: isoTime(observedAt) }))
}

type TextField =
  | 'whatsappId'
  | 'direction'
  | 'type'
  | 'rawType'
  | 'status'
  | 'from'
  | 'to'
  | 'text'
  | 'interactionId'

function text(field: TextField): ExportField {
  return { kind: 'text', needs: [field], value: ({ message }) => message[field] }
}

function isoTime(value: number | null): string | null {
  return value === null ? null : formatDateTime(value)
}
