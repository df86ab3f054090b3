import { createHash } from 'node:crypto'
import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { CURSOR_KEYS } from './support/harness.js'
import { startUpstreams } from './support/upstreams.js'

const QUERY = `query ($after: String) {
  messages(first: 5, after: $after, onSourceError: PARTIAL) { nodes { id } pageInfo { endCursor } }
}`

const seal = createCursorSeal(CURSOR_KEYS)
/** Of a caller who sees everything. */
const CONTEXT = '["content","all"]'

/** What the engine takes for a cursor: a right checksum around any content. */
function forge(json: string): string {
  const payload = Buffer.from(json)
  return createHash('sha256').update(payload).digest('base64url').slice(0, 12) + payload.toString('base64url')
}

const count = fc.integer({ min: 1, max: 120 }).map(String)
const number = fc.oneof(
  { weight: 9, arbitrary: count },
  fc.constantFrom('1e999', '-1', '1e300', '9007199254740993', 'null', '"7"', '[]', '{"__proto__":1}'),
)
const ids = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.integer({ min: -3, max: 3 }), { maxLength: 30 })
      .map((steps) => JSON.stringify([150, ...steps])),
  },
  fc.constantFrom(
    '["__proto__","constructor"]',
    '[1e999]',
    `[${'1,'.repeat(900)}1]`,
    '{}',
    '"'.padEnd(900, 'x') + '"',
  ),
)
/** Whether the list had ended there. */
const ended = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('0', '1') }, number)
const row = fc
  .tuple(number, number, number, ids, ids, number, number, number, number, number, ended)
  .map((parts) => `[["r",${parts.join(',')}]]`)
const key = fc
  .tuple(number, fc.string(), ended)
  .map(([time, id, flag]) => `[["k",${time},${JSON.stringify(id)},${flag}]]`)
const position = fc.oneof(
  { weight: 5, arbitrary: row },
  key,
  fc.constantFrom(
    '[0]',
    '[1]',
    '[["s",1,1,null,9]]',
    'null',
    '"UPSTREAM_TIMEOUT"',
    `${'['.repeat(9000)}${']'.repeat(9000)}`,
  ),
)

test('a cursor with hostile content is refused with a reason, or gives a page', async () => {
  const { ask, log, wacr, octopods } = await startUpstreams({
    wacr: { rows: generateWacrRows({ count: 300, seed: 1 }) },
    octopods: { rows: generateOctopodsRows({ count: 40, seed: 1 }) },
  })
  const { data } = await ask(QUERY)
  const { endCursor } = (data as { messages: { pageInfo: { endCursor: string } } }).messages.pageInfo
  const [version, bound, begunAt] = JSON.parse(
    Buffer.from(seal.open(endCursor, CONTEXT).slice(12), 'base64url').toString(),
  ) as unknown[]
  const outcomes = { page: 0, refused: 0 }

  async function judge(after: string): Promise<void> {
    const before = wacr.log.length
    const { status, errors } = await ask(QUERY, { after })
    expect(status).toBe(200)
    expect(wacr.log.length - before).toBeLessThanOrEqual(50)
    if (errors.length === 0) outcomes.page += 1
    else {
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_CURSOR'])
      expect(errors[0]?.message).toMatch(
        /^The cursor (cannot be read: \S|belongs to another query|does not fit)/,
      )
      outcomes.refused += 1
    }
  }

  // Without the key, no content is even looked at.
  async function refuseUnasked(after: string): Promise<void> {
    const before = wacr.log.length + octopods.log.length
    const { errors } = await ask(QUERY, { after })
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_CURSOR'])
    expect(wacr.log.length + octopods.log.length).toBe(before)
  }

  await fc.assert(
    fc.asyncProperty(
      fc.oneof(key, position),
      position,
      fc.nat({ max: endCursor.length - 1 }),
      async (octo, shop, at) => {
        const head = `${JSON.stringify(version)},${JSON.stringify(bound)},${JSON.stringify(begunAt)}`
        const forged = forge(`[${head},[${octo},${shop}]]`)
        await judge(seal.seal(forged, CONTEXT))
        await refuseUnasked(forged)
        await judge(endCursor.slice(0, at))
      },
    ),
    { numRuns: 200, seed: 20261125 },
  )
  await judge('x'.repeat(250_000))
  expect(outcomes.page).toBeGreaterThan(20)
  expect(outcomes.refused).toBeGreaterThan(220)
  // What was not foreseen is logged.
  expect(log.filter(({ level }) => level === 'error')).toEqual([])
})
