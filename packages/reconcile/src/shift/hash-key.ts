import { hash } from 'node:crypto'

const BYTES = 6

/** One more than the largest hash. */
export const HASHES: number = 2 ** (8 * BYTES)

/** A hash of a text, a whole number from 0 up to {@link HASHES}: the first bytes of its SHA-256. */
export function hashKey(key: string): number {
  return hash('sha256', key, 'buffer').readUIntBE(0, BYTES)
}
