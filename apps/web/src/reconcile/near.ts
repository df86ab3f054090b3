import { parsePhone } from '@waybill/core'
import type { MessageFilter, MessagesNearQueryVariables } from '../api/operations.js'
import { type ChosenLog, momentOf, valueOf } from './log-mapping.js'
import type { LogRow } from './log-table.js'

/** How far around an entry other messages to the same number are searched for, in milliseconds. */
const NEAR_MS = 86_400_000

/** How many are shown of each side. */
const COUNT = 3

/** What is searched for beside an entry that has no message. */
export type NearSearch =
  /** The entry has no number. */
  | { readonly kind: 'noNumber' }
  /** The number has no country code. The server would read it with its own country, and not with the one that was chosen. */
  | { readonly kind: 'national' }
  | { readonly kind: 'search'; readonly variables: MessagesNearQueryVariables }

/** The messages that were sent to the number of an entry, nearest to its time; the newest ones where it has no time. */
export function nearSearch(log: ChosenLog, row: LogRow): NearSearch {
  // Spreadsheets keep the digits of a number with this mark.
  const number = valueOf(log, row, 'to').replace(/^'/, '')
  if (number === '') return { kind: 'noNumber' }
  if (log.country !== '' && isNational(number)) return { kind: 'national' }
  const common: MessageFilter = {
    contact: { eq: number },
    direction: { eq: 'OUTBOUND' },
    ...(log.sources.length > 0 && { source: { in: log.sources } }),
  }
  const at = momentOf(log, row)
  const variables =
    at === null
      ? { before: common, after: common, count: 2 * COUNT, isTimed: false }
      : {
          before: { ...common, sentAt: { gte: timeOf(at - NEAR_MS), lte: timeOf(at) } },
          after: { ...common, sentAt: { gt: timeOf(at), lte: timeOf(at + NEAR_MS) } },
          count: COUNT,
          isTimed: true,
        }
  return { kind: 'search', variables }
}

function isNational(number: string): boolean {
  return !/^[^\d+]*(?:\+|00)/.test(number) && parsePhone(number).kind !== 'id'
}

function timeOf(moment: number): string {
  return new Date(moment).toISOString()
}
