import type { Message } from '@waybill/core'
import { MOST_KNOWN, OVERLAP_ROWS } from './constants.js'

/** What is known of the head of a list as it was. A plain value: it is kept between two polls. */
export interface KnownHead {
  /** Ids of its rows, in their order. */
  readonly ids: readonly string[]
  /** Ids of others that were there by then. */
  readonly older: readonly string[]
  /** What was recorded later was sent later than that, in milliseconds since the epoch. */
  readonly since: number
}

/**
 * @param messages the rows of the head, newest first
 * @param readAt when they were read
 * @param maxSkewMs how far their times may depart from the order
 * @param before what was known of it until then
 */
export function rememberHead(
  messages: readonly Message[],
  readAt: number,
  maxSkewMs: number,
  before: KnownHead | null,
): KnownHead {
  const times = messages.map(({ sentAt }) => sentAt).toSorted((a, b) => a - b)
  // The middle one: single rows may have any time at all.
  const middle = times[Math.floor(times.length / 2)] ?? 0
  const since = Math.max(0, Math.min(middle, readAt) - 2 * maxSkewMs)
  const ids = messages.map(({ upstreamId }) => upstreamId)
  return knowAlso({ ids, older: [], since }, before === null ? [] : [...before.ids, ...before.older])
}

/** @param others ids of rows that were there by then as well */
export function knowAlso(head: KnownHead, others: readonly string[]): KnownHead {
  const listed = new Set(head.ids)
  const older = [...new Set([...head.older, ...others])].filter((id) => !listed.has(id))
  return { ...head, older: older.slice(0, Math.max(0, MOST_KNOWN - listed.size)) }
}

/**
 * Whether a list, read from its head on, has come to what was there before. The rows themselves have to be known from
 * then: that they are stored says nothing, since another task may have stored them.
 */
export function reaches({ ids, older }: KnownHead, messages: readonly Message[]): boolean {
  const known = new Set([...ids, ...older])
  const enough = Math.min(OVERLAP_ROWS, known.size)
  let inRow = 0
  for (const { upstreamId } of messages) {
    inRow = known.has(upstreamId) ? inRow + 1 : 0
    if (inRow > 0 && inRow >= enough) return true
  }
  return false
}

/** Rows that stood before others which are still there. In a list whose order never changes they are gone. */
export function goneFrom({ ids }: KnownHead, listed: readonly string[]): string[] {
  const met = new Set(listed)
  const lastMet = ids.findLastIndex((id) => met.has(id))
  return ids.slice(0, Math.max(0, lastMet)).filter((id) => !met.has(id))
}
