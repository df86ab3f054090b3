import { createHash } from 'node:crypto'
import type { Message } from '@waybill/core'

/** A short digest of what of a message can be seen to change; equal for messages that look the same. */
export function lookOf(message: Message): string {
  const { raw: _, direction: __, ...visible } = message
  return createHash('sha256')
    .update(JSON.stringify(Object.values(visible)))
    .digest('base64url')
    .slice(0, 8)
}
