import type { ServerConfiguration } from '@waybill/runtime'

/** Shorter secrets can be guessed. */
const STRONG_FROM = 16

/**
 * The secrets that cursors are sealed with: those of the configuration, else one derived from its other secrets, which are the same
 * on all replicas and after a restart.
 */
export function cursorKeysOf(
  { cursorKeys }: Pick<ServerConfiguration, 'cursorKeys'>,
  secrets: readonly string[],
): readonly string[] {
  return cursorKeys.length > 0 ? cursorKeys : [JSON.stringify(secrets.toSorted())]
}

/**
 * Whether a caller could find out what cursors are sealed with: no secret is strong but the hashes of tokens, and a caller can compute
 * the hash of their own.
 */
export function areCursorKeysWeak(
  { auth, cursorKeys }: Pick<ServerConfiguration, 'auth' | 'cursorKeys'>,
  secrets: readonly string[],
): boolean {
  if (auth.kind === 'none' || cursorKeys.length > 0) return false
  const hashes = new Set(auth.tokens.map(({ sha256 }) => sha256))
  return secrets.every((secret) => secret.length < STRONG_FROM || hashes.has(secret.toLowerCase()))
}
