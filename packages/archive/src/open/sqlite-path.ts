import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import { ConfigurationError } from '@waybill/core'

/** The system whose paths are read. */
export interface PathHost {
  readonly isWindows: boolean
  /** What `~` stands for. */
  readonly home: string
}

const THIS: PathHost = { isWindows: process.platform === 'win32', home: homedir() }

const RELATIVE = '"sqlite:FILE" for a path relative to the folder of the configuration'
const ABSOLUTE = '"sqlite:///FILE" for an absolute path'
const EITHER = `${RELATIVE}, or ${ABSOLUTE}`
const FILE = 'the path of a file, such as "sqlite:data/waybill.db"'
const MEMORY = '"sqlite::memory:" for an archive in memory'

/**
 * Reads the path behind `sqlite:`. It is percent-decoded, `~/` is the home folder, and two slashes before an absolute
 * path are the empty host of a URL.
 *
 * @param rest what follows `sqlite:`
 * @throws ConfigurationError for what could mean something else, with the form to write
 */
export function sqlitePath(rest: string, folder: string, host: PathHost = THIS): string {
  if (rest === ':memory:') return rest
  if (/^\/*:memory:?(?:[/?]|$)/.test(rest)) {
    throw unusable(MEMORY, 'another form of the archive in memory')
  }
  if (/^\/*$/.test(rest)) throw unusable(EITHER, '"sqlite:" without a path')
  if (/^\/\/(?!\/)/.test(rest)) {
    throw unusable(EITHER, 'a name after "sqlite://", where a URL has its host')
  }
  if (/^\/*file:/i.test(rest)) throw unusable(`${EITHER}, without "file:"`, '"file:" behind "sqlite:"')
  if (rest.includes('?')) {
    throw unusable(`${EITHER}, without parameters`, 'a "?", which begins parameters ("%3F" in a name)')
  }
  const path = decode(rest.replace(/^\/\/(?=\/)/, ''))
  if (path.includes('\0')) throw unusable(EITHER, 'a path that holds NUL')
  if (path.trim() !== path) throw unusable(EITHER, 'a space at the beginning or end of the path')
  const file = absolute(path, folder, host)
  if (isFolder(file)) throw unusable(FILE, 'the path of a folder')
  return file
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    // What cannot be looked at is reported when it is opened.
    return false
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw unusable(
      'a path in which "%" is written as "%25"',
      'a "%" that is not followed by two hexadecimal digits',
    )
  }
}

function absolute(path: string, folder: string, { isWindows, home }: PathHost): string {
  if (/(?:^|[/\\])\.{0,2}$/.test(path)) throw unusable(FILE, 'the path of a folder')
  if (isWindows) return win32.resolve(folder, atHome(path.replace(/^\/(?=[a-z]:)/i, ''), home))
  if (/^\/?[a-z]:[/\\]|^\\/i.test(path)) throw unusable(EITHER, 'a path of Windows, on another system')
  if (path.includes('\\')) throw unusable(`${EITHER}, with "/" between folders`, 'a "\\" in the path')
  return posix.resolve(folder, atHome(path, home))
}

/** Nothing else expands it: no shell reads a configuration. */
function atHome(path: string, home: string): string {
  if (!path.startsWith('~')) return path
  if (/^~[/\\]./.test(path)) return `${home}/${path.slice(2)}`
  throw unusable(`${EITHER}; "~/" is the home folder`, 'a "~" that is not followed by "/" and a file')
}

function unusable(expected: string, found: string): ConfigurationError {
  return new ConfigurationError([{ path: ['url'], expected, found }])
}
