import { createHash } from 'node:crypto'

/** A cursor with a right checksum around any content: the checksum is no secret. */
export function forge(json: string): string {
  const payload = Buffer.from(json, 'utf8')
  return createHash('sha256').update(payload).digest('base64url').slice(0, 12) + payload.toString('base64url')
}

/** What a real cursor holds: a version, what it is bound to, when the traversal began, a position for each source. */
export function contentOf(cursor: string | null): unknown[] {
  return JSON.parse(Buffer.from((cursor ?? '').slice(12), 'base64url').toString('utf8')) as unknown[]
}
