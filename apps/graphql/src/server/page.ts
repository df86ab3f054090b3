import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorResponse } from './error-reply.js'

/** Serves the page for operations people: static files that were built before. */
export interface OperationsPage {
  page(): Promise<Response>
  /** The asset of that name, which is what follows the last slash of its path. */
  asset(name: string): Promise<Response>
}

/** Where the build puts them, as seen from this file's compiled form and from its source. */
const FOLDER = fileURLToPath(new URL('../../dist/page/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Their names contain a hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable'

/** Scripts and styles come from files of this server, and nothing is requested from anywhere else. */
const POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
].join('; ')

/** The page's files are read when one of them is first wanted. */
export function createOperationsPage(): OperationsPage {
  let loading: Promise<ReadonlyMap<string, Buffer>> | undefined
  const assets = (): Promise<ReadonlyMap<string, Buffer>> => (loading ??= loadAssets(join(FOLDER, 'page')))
  return {
    page: async () =>
      new Response(await readFile(join(FOLDER, 'index.html')), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': POLICY,
          'cache-control': 'no-cache',
        },
      }),
    asset: async (name) => {
      const content = (await assets()).get(name)
      const type = TYPES[extname(name)]
      if (content === undefined || type === undefined) return errorResponse(404, 'NOT_FOUND', 'Not found.')
      return new Response(new Uint8Array(content), {
        headers: { 'content-type': type, 'cache-control': FOREVER },
      })
    },
  }
}

async function loadAssets(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = await readdir(folder)
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  )
}
