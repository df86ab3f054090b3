import {
  defineFieldsSchema,
  type MessageFilter,
  parseFields,
  type PhoneOptions,
  type TimeZone,
} from '@waybill/core'
import type { MessageCountKey } from '@waybill/engine'
import { UsageError } from '../command/context.js'
import { readTimeZone } from '../command/shared-options.js'
import { type QueryFlags, readFlag, readQuery } from '../export/query.js'

/** The flags of `waybill count`, as they were given. */
export interface CountFlags extends QueryFlags {
  readonly config?: string
  readonly by: string
  readonly timeZone: string
  readonly maxRequests?: string
  readonly partial?: boolean
  readonly json?: boolean
}

/** What is to be counted, and how it is shown. */
export interface CountRequest {
  readonly query: { readonly filter: MessageFilter; readonly search: string | null }
  readonly by: readonly CountKeyName[]
  readonly zone: TimeZone
  readonly maxRequests: number | null
  readonly partial: boolean
  readonly json: boolean
}

/** What can be grouped by, as the command line names it. */
export type CountKeyName = 'day' | 'hour' | 'source' | 'status' | 'type' | 'direction' | 'failure_code'

export const COUNT_KEYS_BY_NAME: Readonly<Record<CountKeyName, MessageCountKey>> = {
  day: 'DAY',
  hour: 'HOUR',
  source: 'SOURCE',
  status: 'STATUS',
  type: 'TYPE',
  direction: 'DIRECTION',
  failure_code: 'FAILURE_CODE',
}

export const COUNT_KEY_NAMES: readonly CountKeyName[] = Object.keys(COUNT_KEYS_BY_NAME) as CountKeyName[]

/**
 * @param phones how phone numbers are read
 * @throws UsageError listing everything that is wrong with the flags.
 */
export function readCountRequest(flags: CountFlags, phones: PhoneOptions): CountRequest {
  const errors: string[] = []
  const zone = readTimeZone(flags.timeZone, errors)
  const { filter, search } = readQuery(flags, phones, errors, zone)
  const by = readFlag(
    () => '--by',
    errors,
    () => parseFields(SCHEMA, flags.by),
  )
  const request: CountRequest = {
    query: { filter, search },
    by: withoutDayOfHour(by ?? []),
    zone,
    maxRequests: readMaxRequests(flags.maxRequests, errors),
    partial: flags.partial ?? false,
    json: flags.json ?? false,
  }
  if (errors.length > 0) throw new UsageError(errors)
  return request
}

const SCHEMA = defineFieldsSchema(COUNT_KEY_NAMES)

/** A day says nothing beside an hour. */
function withoutDayOfHour(keys: readonly CountKeyName[]): readonly CountKeyName[] {
  return keys.includes('hour') ? keys.filter((key) => key !== 'day') : keys
}

function readMaxRequests(text: string | undefined, errors: string[]): number | null {
  if (text === undefined) return null
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number === 0) errors.push(`--max-requests ${text}: expected a whole number of at least 1`)
  return number
}
