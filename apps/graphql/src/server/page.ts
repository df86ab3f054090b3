import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JwtAccess, ServerAuth } from '@waybill/runtime'
import { errorResponse, jsonResponse } from './error-reply.js'

/** Serves the page for operations people: static files that were built before. */
export interface OperationsPage {
  page(): Promise<Response>
  /** How the page logs in with the identity provider: `{ "login": null }` where it does not. It is no secret. */
  login(): Promise<Response>
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
  let loading: Promise<ReadonlyMap<string, Buffer>> | undefined
  const assets = (): Promise<ReadonlyMap<string, Buffer>> => (loading ??= loadAssets(join(FOLDER, 'page')))
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
