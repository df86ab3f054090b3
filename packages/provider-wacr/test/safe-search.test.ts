import { foldCase, matchesSearch } from '@waybill/core'
import { startWacrEmulator, type SearchCollation } from '@waybill/emulators'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FOLDED_TO_ASCII, safeSearch } from '../src/safe-search.js'
import { connect, listRequest } from './support/connect.js'
import { wacrRow } from './support/wacr-row.js'

const COLLATIONS: readonly SearchCollation[] = ['ascii', 'unicode', 'unicode-ai']

/** Characters that fold to each other, whole or in part, with LIKE's own and some that fold to nothing else. */
const character = fc.constantFrom(
  ...Array.from(`${FOLDED_TO_ASCII}sSkKiIfFlLtTnNjJhHwWyYaA`),
  ...Array.from('\u0307\u030A\u030C\u0331\u0308\u0301\u02BC\u02BEéÉeΣςσ'),
  ...Array.from('%_\\[]^*. \t01😀'),
)
const words = fc.string({ unit: character, maxLength: 8 })
const terms = fc.string({ unit: character, minLength: 1, maxLength: 5 })

describe('what is sent as search', () => {
  it.each([
    ['hello', 'hello'],
    ['Order 4711', 'Order 4711'],
    ['100%', '100%'],
    ['_total_', '_total_'],
    ['  pad me  ', 'pad me'],
    ['Grüße, Bernd', 'e, Bernd'],
    [String.raw`C:\dev\null`, 'null'],
    ['a[0] or b', '0] or b'],
    ['mask', 'ma'],
    ['invoice', 'nvo'],
    ['straße', 'ra'],
    ['the end', 'he end'],
    ['reflect', 're'],
    ['one\ntwo', 'one'],
  ])('of %j is the longest safe part, %j', (term, part) => {
    expect(safeSearch(term)).toBe(part)
  })

  it.each(['', ' ', 'kiss', 'äöü', 'Σίσυφος', '\\', '\t\n', '你好'])('of %j is nothing', (term) => {
    expect(safeSearch(term)).toBeNull()
  })

  it('fits into an address', () => {
    expect(safeSearch('ab '.repeat(5000))?.length).toBeLessThanOrEqual(200)
  })

  it('is a part of the term, without white space around it', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (term) => {
      const part = safeSearch(term) ?? ''
      expect(term).toContain(part)
      expect(part.trim()).toBe(part)
    })
    fc.assert(property)
  })

  it('knows all of Unicode that folds to ASCII', () => {
    const found: string[] = []
    for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint += 1) {
      const one = String.fromCodePoint(codePoint)
      if (/[\0-\x7F]/.test(foldCase(one))) found.push(one)
    }
    expect(found.join('')).toBe(FOLDED_TO_ASCII)
  })
})

describe('a search that is pushed down', () => {
  const settings = COLLATIONS.flatMap((searchCollation) =>
    [true, false].map((escapeLike) => ({ searchCollation, escapeLike })),
  )

  it.each(settings)('finds every row that is found here: %j', async (tableOptions) => {
    await using upstream = await startWacrEmulator({ tableOptions })
    const provider = connect(upstream)
    const property = fc.asyncProperty(
      terms,
      fc.array(words, { maxLength: 20 }),
      words,
      async (term, texts, around) => {
        for (const { id } of upstream.table.rows()) upstream.table.delete(id)
        const variants = [term.toUpperCase(), term.toLowerCase(), foldCase(term), `${around}${term}${around}`]
        const written = [...texts, ...variants].map((message, index) => wacrRow(index + 1, { message }))
        for (const row of written) upstream.table.insert(row)
        const { messages } = await provider.list(listRequest({ search: term }))
        const found = messages.map((message) => message.upstreamId)
        const expected = written
          .filter((row) => matchesSearch(row.message, term))
          .map((row) => String(row.id))
        expect(found).toEqual(expect.arrayContaining(expected))
      },
    )
    await fc.assert(property, { numRuns: 150 })
  })

  it('reports what was sent, and nothing where nothing was', async () => {
    await using upstream = await startWacrEmulator()
    const provider = connect(upstream)
    const some = await provider.list(listRequest({ search: ' Hello ß ' }))
    expect(some.parameters).toEqual(['search=Hello', 'sort=-created_at'])
    const none = await provider.list(listRequest({ search: 'ß' }))
    expect(none.parameters).toEqual(['sort=-created_at'])
    expect(upstream.log.map((record) => record.params['search'])).toEqual(['Hello', undefined])
  })
})
