import fc from 'fast-check'

/** Texts of any code points, well-formed; ASCII in every other place, where most rules are about it. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0x80, max: 0xd7ff }),
      fc.integer({ min: 0xe000, max: 0x10ffff }),
    ),
    { maxLength: 10 },
  )
  .map((codes) => String.fromCodePoint(...codes))
