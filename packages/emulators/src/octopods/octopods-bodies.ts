import { STATUS_CODES } from 'node:http'
import {
  emptyReply,
  formatTimestamp,
  htmlReply,
  jsonReply,
  type Reply,
  stringifyNumbers,
} from '../server/reply.js'
import type { OctopodsSettings } from './octopods-settings.js'
import type { OctopodsRow } from './octopods-table.js'

/** A row as the list shows it, in the shape that the settings choose. */
export function listItem(row: OctopodsRow, settings: OctopodsSettings): unknown {
  const item = settings.listShape === 'A' ? itemWithContent(row, settings) : itemOfEnvelope(row, settings)
  return settings.numbersAsStrings ? stringifyNumbers(item) : item
}

function itemWithContent(row: OctopodsRow, settings: OctopodsSettings): unknown {
  return {
    user_phone_number: shownPhone(row, settings),
    created_at: shownTime(row.createdAt, settings),
    message_content: row.content,
    message_status: {
      // The list calls Octopods' own id by the name that the status endpoint has for the provider's.
      channel_message_id: row.messageId,
      message_status: row.status,
      failure_reason: row.failure === null ? '' : { code: row.failure.code, title: row.failure.title },
    },
  }
}

function itemOfEnvelope(row: OctopodsRow, settings: OctopodsSettings): unknown {
  return {
    message_id: row.messageId,
    status: row.status.toLowerCase(),
    phone_number: shownPhone(row, settings),
    sent_at: shownTime(row.createdAt, settings),
    ...(row.failure === null ? {} : { failure_reason: row.failure.title }),
  }
}

/** A row as the status endpoint shows it, in the shape that the settings choose. */
export function statusBody(row: OctopodsRow, requestId: string, settings: OctopodsSettings): unknown {
  const fields = settings.statusShape === 1 ? describedStatus(row, settings) : timedStatus(row, settings)
  const body = { request_id: requestId, message_id: row.messageId, ...fields }
  return settings.numbersAsStrings ? stringifyNumbers(body) : body
}

function describedStatus(row: OctopodsRow, settings: OctopodsSettings): object {
  return {
    status: row.status,
    status_message: row.failure?.title ?? DESCRIPTIONS[row.status] ?? 'The status is not yet available.',
    channel_message_id: row.channelMessageId,
    intercom_conversation_id: '',
    intercom_conversation_part_id: '',
    last_updated: shownTime(row.updatedAt, settings),
  }
}

function timedStatus(row: OctopodsRow, settings: OctopodsSettings): object {
  return {
    status: row.status.toLowerCase(),
    phone_number: shownPhone(row, settings),
    channel_message_id: row.channelMessageId,
    sent_at: shownTime(row.createdAt, settings),
    delivered_at: row.deliveredAt === null ? null : shownTime(row.deliveredAt, settings),
    read_at: row.readAt === null ? null : shownTime(row.readAt, settings),
    failure_reason: row.failure?.title ?? null,
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  SENT: 'Your message has been sent.',
  DELIVERED: 'Your message has been delivered successfully.',
  READ: 'Your message has been read.',
  FAILED: 'Your message could not be delivered.',
  DELETED: 'Your message has been deleted.',
}

function shownTime(time: number, { timeZone }: OctopodsSettings): string {
  return formatTimestamp(time, 'seconds', timeZone)
}

/** The recipient's number as the settings have it written; what is no number stays as it is. */
function shownPhone(row: OctopodsRow, { plusSign }: OctopodsSettings): string {
  const digits = /^\+?(\d+)$/.exec(row.phoneNumber)?.[1]
  if (digits === undefined) return row.phoneNumber
  const bare = plusSign === 'without' || (plusSign === 'mixed' && row.messageId % 2 === 1)
  return bare ? digits : `+${digits}`
}

/** What went wrong, in Octopods' terms. */
export interface OctopodsErrorKind {
  readonly status: number
  readonly code: number
  readonly error: string
}

/** The key is missing, wrong, or was rotated or revoked. */
export const KEY_REFUSED: OctopodsErrorKind = { status: 400, code: 6, error: 'DEPRECATED_API_KEY' }

/** Nothing was sent on this channel yet, or there is no such message. */
export const NOT_FOUND: OctopodsErrorKind = { status: 400, code: 2, error: 'Resource Not Found' }

/** An error outside the documentation. */
export function undocumentedError(status: number): OctopodsErrorKind {
  return { status, code: 1, error: STATUS_CODES[status] ?? 'Error' }
}

/** Octopods' error answer, in the shape that the settings choose. */
export function octopodsError(kind: OctopodsErrorKind, requestId: string, settings: OctopodsSettings): Reply {
  const { status, code, error } = kind
  const { errorShape, numbersAsStrings } = settings
  if (errorShape === 'empty') return emptyReply(status)
  if (errorShape === 'html') return htmlReply(status, error)
  if (errorShape === 'message') return jsonReply(status, { message: error })
  const body = { request_id: requestId, error_code: code, error }
  return jsonReply(status, numbersAsStrings ? stringifyNumbers(body) : body)
}
