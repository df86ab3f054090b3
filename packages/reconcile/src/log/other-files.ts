import { LogError, type LogFault } from './log-error.js'

type Kind = Extract<LogFault, 'SPREADSHEET' | 'COMPRESSED' | 'DOCUMENT' | 'NOT_A_LOG' | 'EMPTY'>

const REMEDIES: Readonly<Record<Kind, string>> = {
  SPREADSHEET: 'Open it in the spreadsheet program, and save the sheet as CSV.',
  COMPRESSED: 'Unpack it first, and give the file inside.',
  DOCUMENT: 'Export the log from the system that wrote it, as CSV or NDJSON.',
  NOT_A_LOG: 'Write it as CSV or NDJSON.',
  EMPTY: 'Give a log with at least one entry.',
}

/** What is where in the first bytes of other files, each byte as a character. */
type Signature = readonly [parts: Readonly<Record<number, string>>, name: string, kind: Kind]

const SIGNATURES: readonly Signature[] = [
  [{ 0: 'PK\x05\x06' }, 'an empty ZIP file', 'EMPTY'],
  [{ 0: '\xD0\xCF\x11\xE0' }, 'an XLS file, or another one of Office', 'SPREADSHEET'],
  [{ 0: '\x1F\x8B' }, 'a gzip file', 'COMPRESSED'],
  [{ 0: '\x28\xB5\x2F\xFD' }, 'a Zstandard file', 'COMPRESSED'],
  [{ 0: '\xFD7zXZ' }, 'an XZ file', 'COMPRESSED'],
  [{ 0: 'BZh', 4: '1AY&SY' }, 'a bzip2 file', 'COMPRESSED'],
  [{ 0: '7z\xBC\xAF\x27\x1C' }, 'a 7z file', 'COMPRESSED'],
  [{ 0: 'Rar!\x1A\x07' }, 'a RAR file', 'COMPRESSED'],
  [{ 257: 'ustar' }, 'a TAR file', 'COMPRESSED'],
  [{ 0: '%PDF' }, 'a PDF file', 'DOCUMENT'],
  [{ 0: '{\\rtf' }, 'an RTF file', 'DOCUMENT'],
  [{ 0: '\x89PNG' }, 'a PNG picture', 'DOCUMENT'],
  [{ 0: '\xFF\xD8\xFF' }, 'a JPEG picture', 'DOCUMENT'],
  [{ 0: 'GIF8', 5: 'a' }, 'a GIF picture', 'DOCUMENT'],
  [{ 0: 'II*\0' }, 'a TIFF picture', 'DOCUMENT'],
  [{ 0: 'MM\0*' }, 'a TIFF picture', 'DOCUMENT'],
  [{ 0: 'RIFF', 8: 'WEBP' }, 'a WebP picture', 'DOCUMENT'],
  [{ 0: '\0\0\0', 4: 'ftyp' }, 'a picture or a recording', 'DOCUMENT'],
  [{ 0: 'PAR1\x15' }, 'a Parquet file', 'NOT_A_LOG'],
  [{ 0: 'SQLite format 3\0' }, 'an SQLite database', 'NOT_A_LOG'],
]

const ZIP = 'PK\x03\x04'
/** Where the name of the first file in a ZIP file begins. */
const ZIP_NAME = 30
/** The first files of a workbook of Excel. */
const OFFICE = ['[Content_Types].xml', '_rels/', 'docProps/', 'xl/']
/** The first file of an OpenDocument, with its content. */
const OPEN_DOCUMENT = 'mimetypeapplication/vnd.oasis.opendocument.'

/**
 * Refuses what is no text at all, by its first bytes: an encoding cannot help there.
 *
 * @param head - the first bytes, 512 or more of them where the file has so many.
 * @throws LogError that names the kind of the file, and says what to do.
 */
export function refuseOtherFiles(head: Uint8Array): void {
  const begin = String.fromCharCode(...head.subarray(0, 512))
  const found = begin.startsWith(ZIP)
    ? zipKind(begin.slice(ZIP_NAME))
    : SIGNATURES.find(([parts]) =>
        Object.entries(parts).every(([at, part]) => begin.startsWith(part, Number(at))),
      )
  if (found === undefined) return
  const [, name, kind] = found
  throw new LogError({ line: null, column: null }, kind, `this is ${name}`, REMEDIES[kind])
}

function zipKind(first: string): Signature {
  if (first.startsWith(OPEN_DOCUMENT)) return [{}, 'an ODS file, or another OpenDocument', 'SPREADSHEET']
  return OFFICE.some((name) => first.startsWith(name))
    ? [{}, 'an Excel workbook (XLSX), or another file of Office', 'SPREADSHEET']
    : [{}, 'a ZIP file', 'COMPRESSED']
}
