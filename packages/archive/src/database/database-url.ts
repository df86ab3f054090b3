import { resolve } from 'node:path'
import { ConfigurationError } from '@waybill/core'

/** Where an archive is kept. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string }

const EXPECTED = '"sqlite:PATH" or "postgres://user:password@host:port/database"'

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
  if (!URL.canParse(url)) throw unusable('a "postgres:" URL that cannot be read')
  return { engine: 'postgres', url }
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
