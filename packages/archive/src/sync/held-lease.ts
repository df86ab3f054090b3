import type { ArchiveStore } from '../store/archive-store.js'
import { type Lease, LeaseLost } from '../store/lease.js'

/** Who asks for leases, and for how long at a time. */
export interface LeaseTerms {
  /** Unique to a process. */
  readonly holder: string
  /** A holder that does not renew for so long is taken for dead, in milliseconds. */
  readonly ttlMs: number
}

/** How often a lease is renewed in the time that it lasts. */
const RENEWALS = 4

/**
 * Runs something while no other process works on the source. The lease is renewed meanwhile; when it is lost
 * nevertheless, the signal that `run` gets is aborted.
 *
 * @returns null when another process holds the source
 * @throws LeaseLost; what `run` throws
 */
export async function withLease<T>(
  store: ArchiveStore,
  source: string,
  { holder, ttlMs }: LeaseTerms,
  signal: AbortSignal,
  run: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const lease = await store.acquire(source, holder, ttlMs)
  if (lease === null) return null
  const lost = new AbortController()
  const renew = async (): Promise<void> => {
    // A database that cannot be had for a moment does not end the lease; a commit finds out whether it still holds.
    const isHeld = await store.renew(lease, ttlMs).catch(() => true)
    if (!isHeld) lost.abort(new LeaseLost(lease))
  }
  const timer = setInterval(() => void renew(), ttlMs / RENEWALS)
  try {
    return await run(lease, AbortSignal.any([signal, lost.signal]))
  } finally {
    clearInterval(timer)
    // Whoever comes next waits until it runs out if it cannot be given back.
    await store.release(lease).catch(() => undefined)
  }
}
