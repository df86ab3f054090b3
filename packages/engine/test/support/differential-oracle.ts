import type { FilterClause } from '@waybill/core'
import { searchForm, isTimeClause } from '@waybill/core'
import { OCTOPODS_ROWS, WACR_ROWS } from './differential-rows.js'

/** A row of either table in the words of the contract; null where its upstream tells nothing. */
interface PlainRow {
  readonly source: 'shop' | 'octo'
  readonly id: string
  readonly createdAt: number
  readonly text: string | null
  readonly sentAt: number
  readonly status: string | null
  readonly type: string | null
  readonly direction: string
  readonly interactionId: string | null
  readonly from: string | null
  readonly to: string | null
  readonly contact: string | null
}

const WACR_STATUSES = ['sent', 'delivered', 'read', 'failed']
const KNOWN_TYPES = ['text', 'template', 'image', 'order']
const OCTO_STATUSES = ['SENT', 'DELIVERED', 'READ', 'FAILED', 'DELETED', 'UNKNOWN']

const SHOP: readonly PlainRow[] = WACR_ROWS.map((row) => ({
  source: 'shop',
  id: String(row.id),
  createdAt: row.createdAt,
  text: row.message,
  sentAt: row.timeSent ?? row.createdAt,
  status: wordOf(row.status, WACR_STATUSES, 'UNKNOWN'),
  type: wordOf(row.type, KNOWN_TYPES, 'OTHER'),
  direction: row.direction.toUpperCase(),
  interactionId: row.interactionId === null ? null : String(row.interactionId),
  from: row.senderId === null ? null : phone(row.senderId),
  to: null,
  contact: row.senderId === null || row.direction === 'outbound' ? null : phone(row.senderId),
}))

const OCTO: readonly PlainRow[] = OCTOPODS_ROWS.map((row) => ({
  source: 'octo',
  id: String(row.messageId),
  createdAt: row.createdAt,
  text: row.content,
  sentAt: row.createdAt,
  status: OCTO_STATUSES.includes(row.status) ? row.status : 'UNKNOWN',
  type: 'TEMPLATE',
  direction: 'OUTBOUND',
  interactionId: null,
  from: null,
  to: row.phoneNumber,
  contact: row.phoneNumber,
}))

/** Which rows match, as `source:id`, straight from the tables. */
export function matchingRows(filter: readonly FilterClause[], search: string | null): string[] {
  const found = [...SHOP, ...OCTO].filter(
    (row) => holdsText(row.text, search) && filter.every((clause) => holds(clause, row)),
  )
  return found.map(({ source, id }) => `${source}:${id}`).toSorted()
}

function holdsText(text: string | null, search: string | null): boolean {
  if (search === null) return true
  return text !== null && searchForm(text).includes(searchForm(search))
}

function holds(clause: FilterClause, row: PlainRow): boolean {
  if (isTimeClause(clause)) {
    const { operator, value } = clause
    if (row.sentAt === value) return operator === 'gte' || operator === 'lte'
    return row.sentAt > value === (operator === 'gt' || operator === 'gte')
  }
  const own = clause.field === 'phone' ? [row.from, row.to] : [row[clause.field]]
  if (own.every((value) => value === null)) return false
  const [prefix = ''] = clause.values
  if (clause.operator === 'startsWith')
    return own.some((value) => value !== null && value.slice(0, prefix.length) === prefix)
  const equal = own.some((value) => value !== null && clause.values.includes(value))
  return clause.operator === 'ne' || clause.operator === 'notIn' ? !equal : equal
}

/** In upper case where the word is known; what is not known reads as the word for all others. */
function wordOf(word: string | null, known: readonly string[], other: string): string | null {
  if (word === null) return null
  return known.includes(word) ? word.toUpperCase() : other
}

function phone(value: string): string {
  return /^\d{8,15}$/.test(value) ? `+${value}` : value
}
