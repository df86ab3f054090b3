import type { Message } from '@waybill/core'

/**
 * One message as the upstream is to have it, in normalized terms: the author of a world says it in the upstream's.
 * Fields outside the domains that the provider declares are null; all times are whole seconds, in milliseconds since
 * the epoch. The member of a domain that stands for the rest (`OTHER`, `UNKNOWN`) is to be stored as some word that
 * the normalized vocabulary does not have.
 */
export interface ConformanceRow extends Omit<Message, 'upstreamId' | 'rawType' | 'rawStatus' | 'raw'> {
  /** From 1, and higher for what came later. Says the upstream's id, see `ConformanceWorld.upstreamId`. */
  readonly number: number
  /** What the upstream sorts by as `createdAt`. `sentAt` is within the declared skew of it. */
  readonly createdAt: number
  /** What the upstream sorts by as `updatedAt`, where it does. */
  readonly updatedAt: number
}
