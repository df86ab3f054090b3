const UNKNOWN =
  'Check that its database is there, that it may be written, and that this version of Waybill is not older than the one that made it.'
const NOT_WRITABLE =
  'Its database may not be written: check the rights to the file and to the folder that it is in.'
const NO_HOST = 'The host in archive.url is not known: check its name.'
const NO_ANSWER = 'Nothing answers there: check that the database runs, and the host and port in archive.url.'
const REFUSED = 'The database refused the user or the password in archive.url: check both.'
const FULL = 'The disk of the database is full: make room.'
const DAMAGED = 'The file of the database is damaged: put a backup in its place.'

/** What to do about a code of SQLite, PostgreSQL (SQLSTATE) or the system. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: 'The folder that archive.url names is not there: make it, or name another one.',
  SQLITE_CANTOPEN:
    'Its file cannot be opened: check that archive.url names a file, not a folder, and that it may be written there.',
  SQLITE_NOTADB: 'The file that archive.url names is no SQLite database: name another one.',
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_READONLY: NOT_WRITABLE,
  EACCES: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  SQLITE_FULL: FULL,
  ENOSPC: FULL,
  '53100': FULL,
  SQLITE_BUSY: 'Another program holds its file: end that, or wait until it is done.',
  ECONNREFUSED: NO_ANSWER,
  ETIMEDOUT: NO_ANSWER,
  EHOSTUNREACH: NO_ANSWER,
  ENOTFOUND: NO_HOST,
  EAI_AGAIN: NO_HOST,
  '28P01': REFUSED,
  '28000': REFUSED,
  '3D000': 'The server has no database of the name in archive.url: make it, or name another one.',
  '42501': 'The user in archive.url lacks a right: let it create schemas in the database.',
  '53300': 'The database has too many connections: let it take more, or run fewer processes.',
}

/**
 * What to do when the archive cannot be used.
 * @param code of what failed; null where nothing is known
 */
export function remedyFor(code: string | null): string {
  return (code !== null && Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined) ?? UNKNOWN
}
