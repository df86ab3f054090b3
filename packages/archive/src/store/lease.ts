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
    super(`The lease on the source "${lease.source}" is not held any more; another process may sync it now.`)
    this.name = 'LeaseLost'
    this.lease = lease
  }
}
