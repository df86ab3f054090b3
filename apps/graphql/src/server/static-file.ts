import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { acceptsGzip } from './media-type.js'

/** A file that is sent again and again, also to callers without a token. It is compressed once, not for each of them. */
export interface StaticFile {
  readonly content: Uint8Array<ArrayBuffer>
  readonly compressed: Uint8Array<ArrayBuffer>
  /** Its media type, and how long it may be kept. */
  readonly headers: Readonly<Record<string, string>>
}

/** How long a file may be kept whose name contains a hash of what is in it. */
export const FOREVER = 'public, max-age=31536000, immutable'

export async function createStaticFile(
  data: string | Uint8Array,
  type: string,
  caching: string,
): Promise<StaticFile> {
  const content = new Uint8Array(Buffer.from(data))
  const compressed = await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION })
  const headers = { 'content-type': type, 'cache-control': caching, vary: 'accept-encoding' }
  return { content, compressed: new Uint8Array(compressed), headers }
}

/** @param accepted the header `Accept-Encoding` of the request */
export function sendStaticFile(
  { content, compressed, headers }: StaticFile,
  accepted: string | null,
): Response {
  const [body, coding] = acceptsGzip(accepted) ? [compressed, { 'content-encoding': 'gzip' }] : [content, {}]
  return new Response(body, {
    headers: { ...headers, ...coding, 'content-length': String(body.byteLength) },
  })
}
