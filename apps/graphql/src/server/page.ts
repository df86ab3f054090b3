import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JwtAccess, ServerAuth } from '@waybill/runtime'
import { errorResponse, jsonResponse } from './error-reply.js'
import { createStaticFile, FOREVER, sendStaticFile, type StaticFile } from './static-file.js'

/** Serves the page for operations people: static files that were built before. */
export interface OperationsPage {
  page(): Promise<Response>
  /** How the page logs in with the identity provider: `{ "login": null }` where it does not. It is no secret. */
  login(): Promise<Response>
  /**
   * The asset of that name, which is what follows the last slash of its path.
   * @param accepted the header `Accept-Encoding` of the request
   */
  asset(name: string, accepted: string | null): Promise<Response>
}

/** Where the build puts them, as seen from this file's compiled form and from its source. */
const FOLDER = fileURLToPath(new URL('../../dist/page/', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Scripts and styles come from files of this server, and nothing is requested from anywhere else but the identity provider, where
 * people log in with one.
 */
function policyOf(login: PageLogin | null): string {
  const others = login === null ? [] : [new URL(login.issuer).origin, ...login.origins]
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self'`,
    ['connect-src', `'self'`, ...new Set(others)].join(' '),
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ')
}

/** How people log in from the page. */
type PageLogin = Pick<JwtAccess, 'issuer'> & NonNullable<JwtAccess['login']>

function loginOf(auth: ServerAuth): PageLogin | null {
  const jwt = auth.kind === 'none' ? null : auth.jwt
  return jwt === null || jwt.login === null ? null : { issuer: jwt.issuer, ...jwt.login }
}

/** The page's files are read when one of them is first wanted. */
export function createOperationsPage(auth: ServerAuth): OperationsPage {
  const login = loginOf(auth)
  const policy = policyOf(login)
  let loading: Promise<ReadonlyMap<string, StaticFile>> | undefined
  const assets = (): Promise<ReadonlyMap<string, StaticFile>> => {
    loading ??= loadAssets(join(FOLDER, 'page')).catch((error: unknown) => {
      // What is missing for a moment, as file descriptors are, is there for the next request.
      loading = undefined
      throw error
    })
    return loading
  }
  return {
    page: async () =>
      new Response(await readFile(join(FOLDER, 'index.html')), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': policy,
          'cache-control': 'no-cache',
        },
      }),
    login: async () => {
      const { issuer, clientId, scopes, parameters } = login ?? {}
      const shown = login === null ? null : { issuer, clientId, scopes, parameters }
      return jsonResponse(200, JSON.stringify({ login: shown }))
    },
    asset: async (name, accepted) => {
      const found = (await assets()).get(name)
      return found === undefined
        ? errorResponse(404, 'NOT_FOUND', 'Not found.')
        : sendStaticFile(found, accepted)
    },
  }
}

async function loadAssets(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const assets = new Map<string, StaticFile>()
  for (const name of await readdir(folder)) {
    const type = TYPES[extname(name)]
    if (type !== undefined)
      assets.set(name, await createStaticFile(await readFile(join(folder, name)), type, FOREVER))
  }
  return assets
}
