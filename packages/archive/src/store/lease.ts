import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import type { Tables } from '../database/tables.js'

/** Who may write what a source's sync brings. */
export interface Lease {
  readonly source: string
  /** Who holds it: unique to a process. */
  readonly holder: string
  /**
   * Grows with every new holder: a commit under an older one is refused, so that a holder that was taken for dead
   * cannot write.
   */
  readonly token: number
}

/** A commit under a lease that somebody else holds by now, or that was given back. Nothing was written. */
export class LeaseLost extends Error {
  readonly lease: Lease

  constructor(lease: Lease) {
    super(`The lease on the source "${lease.source}" is no longer held; another process may sync it now.`)
    this.name = 'LeaseLost'
    this.lease = lease
  }
}

/** What `expires_at` is once a lease was given back. */
const GIVEN_BACK = 0

/**
 * A lease is a row; who takes it makes its token grow. The database's clock decides when it has run out, since the
 * clocks of several machines differ.
 */
export async function acquireLease(
  { db, dialect }: ArchiveDatabase,
  source: string,
  holder: string,
  ttlMs: number,
): Promise<Lease | null> {
  const expiresAt = sql<number>`${dialect.now} + ${ttlMs}`
  const row = await db
    .insertInto('leases')
    .values({ source, holder, token: 1, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict
        .column('source')
        .doUpdateSet((eb) => ({
          holder,
          token: eb('leases.token', '+', 1),
          expires_at: expiresAt,
        }))
        .where('leases.expires_at', '<=', dialect.now),
    )
    .returning('token')
    .executeTakeFirst()
  return row === undefined ? null : { source, holder, token: row.token }
}

export async function renewLease(
  { db, dialect }: ArchiveDatabase,
  lease: Lease,
  ttlMs: number,
): Promise<boolean> {
  return setExpiry(db, lease, sql<number>`${dialect.now} + ${ttlMs}`)
}

export async function releaseLease({ db }: ArchiveDatabase, lease: Lease): Promise<void> {
  await setExpiry(db, lease, sql<number>`${sql.lit(GIVEN_BACK)}`)
}

/**
 * Makes sure of the lease until the transaction ends: whoever would take it waits for that.
 * @throws LeaseLost when it is not held any more.
 */
export async function lockLease(transaction: Kysely<Tables>, lease: Lease): Promise<void> {
  const isHeld = await setExpiry(transaction, lease, sql<number>`expires_at`)
  if (!isHeld) throw new LeaseLost(lease)
}

/** @returns whether the lease was held. */
async function setExpiry(db: Kysely<Tables>, lease: Lease, expiresAt: RawBuilder<number>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('leases')
    .set({ expires_at: expiresAt })
    .where('source', '=', lease.source)
    .where('holder', '=', lease.holder)
    .where('token', '=', lease.token)
    .where('expires_at', '>', GIVEN_BACK)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
