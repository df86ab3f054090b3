import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { ConfigurationError } from '@waybill/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../../src/config/encoding.js'
import { loadConfiguration } from '../../src/sources/load-configuration.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'

const TEXT = '{\n  "sources": [],\n  "label": "Münster"\n}'

/** The report about a configuration file that holds these bytes. */
async function errorOf(bytes: Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), 'waybill.config.json')
  await writeFile(file, bytes)
  const error: unknown = await loadConfiguration({ origin: { file }, environment: {} }).catch(
    (e: unknown) => e,
  )
  return error instanceof ConfigurationError ? error.message : String(error)
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

function utf32(text: string): Buffer {
  const bytes = Buffer.alloc([...text].length * 4)
  ;[...text].forEach((character, index) => bytes.writeUInt32LE(character.codePointAt(0) ?? 0, index * 4))
  return bytes
}

describe('a configuration file in another encoding is named as such', () => {
  test.each([
    ['UTF-16, little-endian, with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'a file in UTF-16'],
    ['UTF-16, little-endian, without a mark', Buffer.from(TEXT, 'utf16le'), 'a file in UTF-16'],
    ['UTF-16, big-endian, with a mark', bigEndian(`\uFEFF${TEXT}`), 'a file in UTF-16'],
    ['UTF-16, big-endian, without a mark', bigEndian(TEXT), 'a file in UTF-16'],
    ['UTF-32', utf32(`\uFEFF${TEXT}`), 'a file in UTF-32'],
    ['UTF-32 without a mark', utf32(TEXT), 'a file in UTF-32'],
    ['UTF-32 after an empty line', utf32(`\n${TEXT}`), 'a file in UTF-32'],
    [
      'Latin-1',
      Buffer.from(TEXT, 'latin1'),
      'a character at line 3 in another encoding, such as Latin-1 or Windows-1252',
    ],
  ])('%s', async (_, bytes, found) => {
    expect(await errorOf(bytes)).toBe(
      `(root): expected a file in UTF-8 (save it with this encoding), found ${found}`,
    )
  })
})

describe('a configuration file that is no text is named as what it is', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  test.each([
    ['gzip', gzipSync(TEXT), 'a file compressed with gzip'],
    ['zstd', zstdCompressSync(TEXT), 'a file compressed with zstd'],
    ['ZIP', Buffer.from('504b03041400000008004a5d', 'hex'), 'a ZIP file'],
    ['PNG', png, 'a PNG image'],
    ['JPEG', Buffer.from('ffd8ffe000104a46494600', 'hex'), 'a JPEG image'],
    ['PDF', Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF', 'latin1'), 'a PDF document'],
    ['SQLite', Buffer.from('SQLite format 3\0\x10\0', 'latin1'), 'a SQLite database'],
    ['an unknown kind', Buffer.from([0xa1, 0xb2, 0x00, 0x07, 0xff, 0x10]), 'a file that is no text'],
  ])('%s', async (_, bytes, found) => {
    expect(await errorOf(bytes)).toBe(`(root): expected a JSON file in UTF-8, found ${found}`)
  })
})

test('a byte order mark of UTF-8 is passed over', async () => {
  expect(decodeUtf8(Buffer.from('\uFEFF{}'))).toBe('{}')
  expect(await errorOf(Buffer.from('\uFEFF{"sources": []}'))).toContain(
    'sources: expected at least one source',
  )
})

test('whatever is UTF-8 is read, short files and an empty one too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(text.isWellFormed() && !text.startsWith('\uFEFF') && !text.slice(0, 4).includes('\u0000'))
      expect(decodeUtf8(Buffer.from(text))).toBe(text)
    }),
  )
})
