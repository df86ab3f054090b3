import { isIP } from 'node:net'

/**
 * Whether a request may come in under this `Host` header at a server that answers everybody on this machine.
 * A page of another site can have its own name point here, and would then pass for ours: only names that cannot be
 * made to do that are taken.
 *
 * @param host where the server listens.
 */
export function isAllowedHost(header: string | undefined, host: string): boolean {
  const name = hostname(header ?? '')
  return (
    isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || name === host.toLowerCase()
  )
}

function hostname(header: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(header)?.[1]
  return (bracketed ?? header.replace(/:\d*$/, '')).toLowerCase()
}
