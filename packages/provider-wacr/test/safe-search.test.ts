import { matchesSearch, searchForm } from '@waybill/core'
import { startWacrEmulator, type SearchCollation } from '@waybill/emulators'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeSearch } from '../src/safe-search.js'
import { connect, listRequest } from './support/connect.js'
import { wacrRow } from './support/wacr-row.js'

const COLLATIONS: readonly SearchCollation[] = ['ascii', 'unicode', 'unicode-ai']

/** Characters beyond ASCII whose upper case, lower case or decomposition holds an ASCII one. */
const NEAR_ASCII =
  '\u00DF\u0130\u0131\u0149\u017F\u01F0\u1E96\u1E97\u1E98\u1E99\u1E9A\u1E9E\u212A\u037E\uFB00\uFB01\uFB02\uFB05'

/** Those and their ASCII likenesses, marks that compose with them, and what LIKE and URLs take for their own. */
const character = fc.constantFrom(
  ...Array.from(`${NEAR_ASCII}sSkKiIfFlLtTnNjJhHwWyYaA;`),
  ...Array.from('\u0307\u030A\u030C\u0331\u0308\u0301\u02BC\u02BEéÉeΣςσ'),
  ...Array.from('%_\\[]^*. \t01+&#😀'),
)
const words = fc.string({ unit: character, maxLength: 8 })
const terms = fc.oneof(
  fc.string({ unit: character, minLength: 1, maxLength: 5 }),
  fc.string({ unit: fc.constantFrom(...Array.from('%_\\[] aAsS')), minLength: 1, maxLength: 5 }),
)

describe('what is sent as search', () => {
  it.each([
    'hello',
    'invoice 4711',
    'Your ORDER is on the way!',
    'kiss, mask & reflect',
    '100%',
    '_total_',
    'a]b^c*d?',
  ])('of %j is all of it', (term) => {
    expect(safeSearch(term)).toBe(term)
  })

  it.each([
    ['  pad me  ', 'pad me'],
    ['Grüße, Bernd', 'e, Bernd'],
    [String.raw`C:\dev\null`, 'null'],
    ['a[0] or b', '0] or b'],
    ['straße', 'stra'],
    ['27 \u212Aelvin', 'elvin'],
    ['CAFE\u0301 NO', 'CAF'],
    ['cafe\u0301', 'caf'],
    ['one\ntwo', 'one'],
    ['ab      ü  abc', 'abc'],
  ])('of %j is the longest safe part, %j', (term, part) => {
    expect(safeSearch(term)).toBe(part)
  })

  it.each(['', ' ', 'äöü', 'Σίσυφος', '\\', '[[', '\t\n', ' é ', 'e\u0301', '你好'])(
    'of %j is nothing',
    (term) => {
      expect(safeSearch(term)).toBeNull()
    },
  )

  it.each(['ab '.repeat(5000), ' '.repeat(300) + 'x'.repeat(5000)])('fits into an address', (term) => {
    const length = safeSearch(term)?.length
    expect(length).toBeGreaterThanOrEqual(199)
    expect(length).toBeLessThanOrEqual(200)
  })

  it('is a part of the term, without white space around it', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (term) => {
      const part = safeSearch(term) ?? ''
      expect(term).toContain(part)
      expect(part.trim()).toBe(part)
    })
    fc.assert(property)
  })
})

describe('a search that is pushed down', () => {
  const settings = COLLATIONS.flatMap((searchCollation) =>
    [true, false].flatMap((escapeLike) =>
      [true, false].map((trimInput) => ({ searchCollation, escapeLike, trimInput })),
    ),
  )

  it.each(settings)('finds every row that is found here: %j', async ({ trimInput, ...tableOptions }) => {
    await using upstream = await startWacrEmulator({ tableOptions, trimInput })
    const provider = connect(upstream)
    const property = fc.asyncProperty(
      terms,
      fc.array(words, { maxLength: 20 }),
      words,
      async (term, texts, around) => {
        for (const { id } of upstream.table.rows()) upstream.table.delete(id)
        const variants = [
          term.toUpperCase(),
          term.toLowerCase(),
          searchForm(term),
          term.normalize('NFC'),
          term.normalize('NFD'),
          term.toLowerCase().normalize('NFC'),
          `${around}${term}${around}`,
        ]
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

  it('leaves rows out upstream', async () => {
    const rows = ['Invoice 4711', 'invoice 4712', 'voice'].map((message, index) =>
      wacrRow(index + 1, { message }),
    )
    await using upstream = await startWacrEmulator({ rows })
    const { messages } = await connect(upstream).list(listRequest({ search: 'INVOICE 47' }))
    expect(messages.map((message) => message.text)).toEqual(['invoice 4712', 'Invoice 4711'])
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
