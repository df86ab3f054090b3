import { resolve } from 'node:path'
import { ConfigurationError } from '@waybill/core'

/** Where an archive is kept. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string }

const EXPECTED =
  '"sqlite:PATH" or "postgres://user:password@host:port/database" with user and password percent-encoded ("#" is "%23")'

/** What the driver knows, `disable` first. Those that it takes for another one are written as that. */
const SSL_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full']
const AS_VERIFY_FULL = /([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/

/**
 * Reads the URL of an archive: `sqlite:PATH`, `sqlite::memory:`, `postgres://…` or `postgresql://…`.
 *
 * @param folder what a relative path is relative to; default: the working directory.
 * @throws ConfigurationError, with `url` as its path, which never shows the URL: it may hold a password.
 */
export function parseDatabaseUrl(url: string, folder: string = process.cwd()): DatabaseLocation {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'sqlite') return { engine: 'sqlite', path: sqlitePath(url, folder) }
  if (scheme !== 'postgres' && scheme !== 'postgresql') {
    throw unusable(scheme === undefined ? 'a text without a scheme' : `the scheme "${scheme}:"`)
  }
  return { engine: 'postgres', url: postgresUrl(url) }
}

/** In `postgres://user:password@/database?host=/folder`, a parameter names the folder of a socket in place of a host. */
const NO_HOST = /^([^/]*\/\/[^/?#]*@)\//

function postgresUrl(url: string): string {
  // The driver reads it like that; `URL` knows nobody without a host.
  const readable = url.replace(NO_HOST, '$1localhost/')
  if (!URL.canParse(readable)) throw unusable('a "postgres:" URL that cannot be read')
  const { hash, pathname, searchParams } = new URL(readable)
  // A password that is not percent-encoded ends up there, and a part of it in the place of the host.
  if (hash !== '' || pathname.includes('@')) throw unusable('a "#", "/" or "@" too many in a "postgres:" URL')
  const mode = searchParams.get('sslmode')
  if (mode !== null && !SSL_MODES.includes(mode)) {
    throw new ConfigurationError([
      { path: ['url'], expected: `one of ${SSL_MODES.join(', ')} as sslmode`, found: 'another text' },
    ])
  }
  // It warns of them at length, since a later version will check less.
  return searchParams.get('uselibpqcompat') === 'true' ? url : url.replace(AS_VERIFY_FULL, '$1verify-full')
}

function sqlitePath(url: string, folder: string): string {
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
  if (path === '') throw unusable('"sqlite:" without a path')
  if (path.includes('\0')) throw unusable('a path that holds NUL')
  return path === ':memory:' ? path : resolve(folder, path)
}

function unusable(found: string): ConfigurationError {
  return new ConfigurationError([{ path: ['url'], expected: EXPECTED, found }])
}
