import { WaybillError } from '@waybill/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'
import { readPage } from '../support/read-list.js'

const ANY_NUMBER = ['0', '-0', '1.5', '-1e300', '1e999', '-1e999', '9007199254740993', 'null', '"1"', '[1]']
const ANY_ID = [
  '"7"',
  '"-1"',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '""',
  '7',
  'null',
  `"${'9'.repeat(5000)}"`,
]
const ANY_FIELD = ['"createdAt"', '"updatedAt"', '"row_id"', '"createdAt; --"', 'null']

/** What {@link readPage} might be handed in place of a cursor that the archive gave out. */
const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...ANY_FIELD),
        fc.oneof(fc.constantFrom(...ANY_NUMBER), fc.double({ noNaN: true }).map(String)),
        fc.oneof(
          fc.constantFrom(...ANY_ID),
          fc.string({ unit: 'binary' }).map((id) => JSON.stringify(id)),
        ),
      )
      .map((parts) => Buffer.from(`[${parts.join(',')}]`).toString('base64url')),
  },
  { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text).toString('base64url')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

describe.each(ENGINES)('$engine: a cursor', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('that nobody was given is refused, or goes on from the place that it names', async () => {
    const { archive, commit } = fixture()
    await commit({
      messages: Array.from({ length: 30 }, (_, index) => message(String(index), { sentAt: index })),
    })
    const provider = archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
    const outcomes = { page: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(hostile, async (cursor) => {
        try {
          const { messages } = await readPage(provider, {}, cursor, 10)
          expect(messages.length).toBeLessThanOrEqual(10)
          outcomes.page += 1
        } catch (error) {
          if (!(error instanceof WaybillError)) throw error
          expect(error.code).toBe('INVALID_CURSOR')
          outcomes.refused += 1
        }
      }),
      { numRuns: 500, seed: 20261125 },
    )
    expect(Math.min(outcomes.page, outcomes.refused)).toBeGreaterThan(20)
  })
})
