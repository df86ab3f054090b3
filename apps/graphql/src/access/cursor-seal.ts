import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { WaybillError } from '@waybill/core'

/** Makes cursors unreadable and unforgeable, and reads them back. */
export interface CursorSeal {
  /** The sealed text, URL-safe. Equal cursors in one context have equal texts. */
  seal(cursor: string, context: string): string
  /** @throws WaybillError INVALID_CURSOR for a text that was not sealed with one of the keys, or in another context. */
  open(sealed: string, context: string): string
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals cursors by AES-256-GCM (NIST SP 800-38D). The nonce is derived from the cursor by HMAC-SHA-256 under a key of its own, so
 * that it differs for each cursor without a counter that replicas would have to share.
 *
 * @param secrets the first one seals, each of them opens; at least one.
 */
export function createCursorSeal(secrets: readonly string[]): CursorSeal {
  const keys = secrets.map(deriveKeys)
  const [first] = keys
  if (first === undefined) throw new TypeError('A seal needs a secret.')
  return {
    seal: (cursor, context) => sealWith(first, cursor, context).toString('base64url'),
    open: (sealed, context) => {
      const bytes = Buffer.from(sealed, 'base64url')
      // Base64 decoders skip what they do not understand: only the one spelling that was handed out is a cursor.
      if (bytes.length >= NONCE_BYTES + TAG_BYTES && bytes.toString('base64url') === sealed) {
        for (const key of keys) {
          const cursor = openWith(key, bytes, context)
          if (cursor !== null) return cursor
        }
      }
      throw new WaybillError(
        'INVALID_CURSOR',
        'The cursor cannot be read: it is damaged or cut off, or it comes from another server or another caller. ' +
          'Start again without after, or repeat the query that the cursor came from.',
      )
    },
  }
}

interface Keys {
  readonly encryption: Buffer
  readonly nonce: Buffer
}

function deriveKeys(secret: string): Keys {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `waybill cursors: ${purpose}`, 32))
  return { encryption: derive('encryption'), nonce: derive('nonce') }
}

function sealWith({ encryption, nonce: nonceKey }: Keys, cursor: string, context: string): Buffer {
  const nonce = createHmac('sha256', nonceKey)
    .update(`${context.length}:${context}${cursor}`)
    .digest()
    .subarray(0, NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, encryption, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(cursor, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

function openWith({ encryption }: Keys, bytes: Buffer, context: string): string | null {
  const decipher = createDecipheriv(CIPHER, encryption, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8')
    return body + decipher.final('utf8')
  } catch {
    return null
  }
}
