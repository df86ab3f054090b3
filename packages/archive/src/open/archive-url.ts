import { ConfigurationError } from '@waybill/core'
import { postgresUrl } from './postgres-url.js'
import { type PathHost, sqlitePath } from './sqlite-path.js'

/** Where an archive is kept. */
export type DatabaseLocation =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string }

const EXPECTED = '"sqlite:FILE" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE"'

/**
 * Reads the URL of an archive. A form that could mean something else than it does is refused, with the form to write.
 *
 * @param folder what a relative path is relative to; default: the working directory
 * @param host the system whose paths are read; default: this one
 * @throws ConfigurationError, with `url` as its path, which never shows the URL: it may hold a password
 */
export function parseArchiveUrl(
  url: string,
  folder: string = process.cwd(),
  host?: PathHost,
): DatabaseLocation {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'sqlite') {
    return { engine: 'sqlite', path: sqlitePath(url.slice('sqlite:'.length), folder, host) }
  }
  if (scheme === 'postgres' || scheme === 'postgresql') return { engine: 'postgres', url: postgresUrl(url) }
  throw new ConfigurationError([{ path: ['url'], ...describeOther(scheme, url) }])
}

function describeOther(scheme: string | undefined, url: string): { expected: string; found: string } {
  if (url === '') return { expected: EXPECTED, found: 'an empty text' }
  // A Windows path begins like a URL whose scheme is one letter.
  if (scheme === undefined || scheme.length === 1) {
    return {
      expected: `${EXPECTED}: for a file, "sqlite:" before its path`,
      found: 'a text without a scheme',
    }
  }
  const isFile = scheme === 'file' || scheme.startsWith('sqlite')
  return {
    expected: isFile ? `${EXPECTED}: for a file, "sqlite:" in place of "${scheme}:"` : EXPECTED,
    found: `the scheme "${scheme}:"`,
  }
}
