const UNKNOWN =
  'Check that its database exists, that this user may write it, and that this version of Waybill is not older than the one that created it.'
const NOT_WRITABLE =
  'Its database may not be written: check the rights to the file and to the folder that it is in.'
const NO_HOST = 'The host in archive.url is not known: check its name.'
const NO_ANSWER =
  'Nothing answers there: check that the database runs, and check the host and port in archive.url.'
const BROKEN =
  'The connection broke: check that the database runs, and whether a proxy or a firewall between them ends connections.'
const REFUSED = 'The database refused the user or the password in archive.url: check both.'
const NOT_LET_IN =
  'The database does not let this user in from here: check the user in archive.url, its sslmode, and the pg_hba.conf of the server.'
const NOT_UP = 'The database is stopping, or is not up yet: wait until it is.'
const NO_TRIGRAMS = "Its server lacks the extension pg_trgm: install PostgreSQL's contributed modules there."
const NO_TLS =
  'Its server offers no TLS, which archive.url asks for: switch it on there, or leave sslmode out where the network can be trusted.'
const NOT_TRUSTED =
  'The certificate of its server is not signed by a trusted authority: name the file of the authority in archive.url (sslrootcert=FILE).'
const OTHER_NAME =
  'The certificate of its server is for another name: write the host in archive.url as the certificate does.'
const EXPIRED =
  'The certificate of its server is not valid at this time: renew it, or check the clocks of both machines.'
const NO_TLS_FILE =
  'A file that archive.url names (sslrootcert, sslcert, sslkey) cannot be read: check its path and the rights to it.'
const FULL = 'The disk of the database is full: free some space.'
const NO_IO =
  'The disk of the database fails, or a quota or a limit on the size of files is reached: check the log of the system, and what this user may write.'
const NO_WRITES =
  'The database takes no writes: it is a standby, or was set to read-only. Wait until it has taken over, or point archive.url at the primary.'
const DAMAGED = 'The file of the database is damaged: put a backup in its place.'

const NO_RIGHT =
  'The user in archive.url lacks a right: let it create schemas in the database, and own the schemas waybill and waybill_queue with all that is in them.'
const NOT_ITS_OWN =
  'own the schemas waybill and waybill_queue and their tables, or name the user in archive.url that made them.'

/** What to do about a right that is missing, by what it is a right to. */
const RIGHTS: Readonly<Record<string, string>> = {
  database:
    'The user in archive.url may not create schemas in its database: let it (GRANT CREATE ON DATABASE … TO …).',
  schema: `The user in archive.url may not create tables in a schema of the archive, or not use it: let it ${NOT_ITS_OWN}`,
  table: `The user in archive.url may not use the tables of the archive: let it ${NOT_ITS_OWN}`,
  sequence: `The user in archive.url may not use the tables of the archive: let it ${NOT_ITS_OWN}`,
  extension:
    'The user in archive.url may not create the extension pg_trgm: have an administrator do it (CREATE EXTENSION pg_trgm).',
}

/** What to do about a code of SQLite, PostgreSQL (SQLSTATE), Node.js or the system; `NO_…` are our own. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOENT: 'The folder in archive.url does not exist: create it, or name another one.',
  SQLITE_CANTOPEN:
    'Its file cannot be opened: check that archive.url names a file, not a folder, and that it may be written there.',
  SQLITE_NOTADB: 'The file in archive.url is not an SQLite database: name another one.',
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_READONLY: NOT_WRITABLE,
  EACCES: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  SQLITE_FULL: FULL,
  SQLITE_IOERR: NO_IO,
  ENOSPC: FULL,
  '53100': FULL,
  SQLITE_BUSY: 'Another program has locked its file: end it, or wait until it is done.',
  ECONNREFUSED: NO_ANSWER,
  ETIMEDOUT: NO_ANSWER,
  EHOSTUNREACH: NO_ANSWER,
  ECONNRESET: BROKEN,
  EPIPE: BROKEN,
  ENOTFOUND: NO_HOST,
  EAI_AGAIN: NO_HOST,
  '28P01': REFUSED,
  '28000': NOT_LET_IN,
  '3D000': 'The server has no database of the name in archive.url: make it, or name another one.',
  '42501': NO_RIGHT,
  '0A000': NO_TRIGRAMS,
  '58P01': NO_TRIGRAMS,
  '25006': NO_WRITES,
  '55000': NOT_UP,
  '57P01': NOT_UP,
  '57P02': NOT_UP,
  '57P03': NOT_UP,
  NO_TLS,
  NO_TLS_FILE,
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_NAME,
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: EXPIRED,
  '53300': 'The database has too many connections: let it take more, or run fewer processes.',
}

/**
 * What to do when the archive cannot be used.
 * @param code of what failed; null where nothing is known
 * @param missingRight what a right to is missing, if that is known
 */
export function remedyFor(code: string | null, missingRight: string | null): string {
  if (code === null) return UNKNOWN
  const right = code === '42501' && missingRight !== null ? RIGHTS[missingRight] : undefined
  return right ?? remedyOf(code) ?? remedyOf(primaryCode(code)) ?? UNKNOWN
}

function remedyOf(code: string): string | undefined {
  return Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined
}

/** `SQLITE_IOERR` of `SQLITE_IOERR_WRITE`: SQLite has many kinds of most errors. */
function primaryCode(code: string): string {
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code
}
