import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { LogError, openLog } from '../../src/index.js'

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const zipped = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, [strToU8(text), { level: 0 }]])),
  )

const SHEET = { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }
const ODS = { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }
const REST = 'some more bytes, so that there is enough of the file'

const FILES: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  ['XLSX', zipped(SHEET), 'SPREADSHEET', /Excel workbook.*save the sheet as CSV/],
  ['XLSX of another program', zipped({ '_rels/.rels': '<x/>', ...SHEET }), 'SPREADSHEET', /Excel/],
  ['ODS', zipped(ODS), 'SPREADSHEET', /ODS.*save the sheet as CSV/],
  ['XLS', latin1(`\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1${REST}`), 'SPREADSHEET', /XLS/],
  ['ZIP', zipped({ 'sent.csv': 'id\n1\n' }), 'COMPRESSED', /ZIP file\. Unpack it first/],
  ['an empty ZIP', zipped({}), 'EMPTY', /empty ZIP/],
  ['gzip', gzipSync('id\n1\n'), 'COMPRESSED', /gzip/],
  ['Zstandard', latin1(`\x28\xB5\x2F\xFD${REST}`), 'COMPRESSED', /Zstandard/],
  ['XZ', latin1(`\xFD7zXZ\0${REST}`), 'COMPRESSED', /XZ/],
  ['bzip2', latin1(`BZh91AY&SY${REST}`), 'COMPRESSED', /bzip2/],
  ['7z', latin1(`7z\xBC\xAF\x27\x1C${REST}`), 'COMPRESSED', /7z/],
  ['RAR', latin1(`Rar!\x1A\x07${REST}`), 'COMPRESSED', /RAR/],
  ['TAR', latin1(`sent.csv${'\0'.repeat(249)}ustar${REST}`), 'COMPRESSED', /TAR/],
  ['PDF', latin1(`%PDF-1.7\n${REST}`), 'DOCUMENT', /PDF.*Export the log/],
  ['RTF', latin1(`{\\rtf1 ${REST}`), 'DOCUMENT', /RTF/],
  ['PNG', latin1(`\x89PNG\r\n\x1A\n${REST}`), 'DOCUMENT', /PNG/],
  ['JPEG', latin1(`\xFF\xD8\xFF\xE0${REST}`), 'DOCUMENT', /JPEG/],
  ['GIF', latin1(`GIF89a${REST}`), 'DOCUMENT', /GIF/],
  ['TIFF', latin1(`II*\0${REST}`), 'DOCUMENT', /TIFF/],
  ['WebP', latin1(`RIFF....WEBP${REST}`), 'DOCUMENT', /WebP/],
  ['a video', latin1(`\0\0\0\x18ftypmp42${REST}`), 'DOCUMENT', /recording/],
  ['Parquet', latin1(`PAR1\x15${REST}`), 'NOT_A_LOG', /Parquet/],
  ['SQLite', latin1(`SQLite format 3\0${REST}`), 'NOT_A_LOG', /SQLite/],
]

/** What is wrong with a file that arrives in pieces, where an encoding may be given. */
async function refusalOf(bytes: Uint8Array, size: number, encoding?: string): Promise<unknown> {
  const count = Math.ceil(bytes.length / size)
  const pieces = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
  return openLog(pieces, { encoding }).catch((error: unknown) => error)
}

test.each(FILES)('a file of another kind is refused by its kind: %s', async (_, bytes, fault, message) => {
  for (const size of [bytes.length, 3]) {
    const error = await refusalOf(bytes, size)
    expect(error).toBeInstanceOf(LogError)
    expect(error).toMatchObject({ fault, line: null, column: null })
    expect(String(error)).toMatch(message)
  }
})

test.each(FILES)('no encoding makes it a log: %s', async (_, bytes, fault) => {
  expect(await refusalOf(bytes, bytes.length, 'windows-1252')).toMatchObject({ fault })
})

test.each(['MMS,id\n1,2\n', 'GIF8,id\n1,2\n', 'BZh,id\n1,2\n', 'RIFF,id\n1,2\n', 'PAR1,id\n1,2\n'])(
  'a log whose first column is named like that is read: %s',
  async (text) => {
    const { map } = await openLog([Buffer.from(text)])
    expect(map).toEqual({ id: 'id' })
  },
)
