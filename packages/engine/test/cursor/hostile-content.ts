import fc from 'fast-check'

/** What JSON.stringify does not write, in the place of a text that it does. */
const RAW: readonly (readonly [placeholder: string, json: string])[] = [
  ['@infinite', '1e999'],
  ['@minus-infinite', '-1e999'],
  ['@deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['@prototype', '{"__proto__":{"length":9},"constructor":[1],"length":3}'],
]

/** JSON of a value in which any of the placeholders may stand. */
export function rawJson(value: unknown): string {
  return RAW.reduce(
    (text, [placeholder, json]) => text.replaceAll(JSON.stringify(placeholder), json),
    JSON.stringify(value) ?? '',
  )
}

const DAY_MS = 86_400_000
const BEGIN = Date.UTC(2026, 0, 1)

const number: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -2, max: 300 }),
  fc.constantFrom(2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e16, 1e300, -1e300, 1.5, '@infinite', null),
  fc.double({ noNaN: true }),
)
const count: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 120 }) },
  { weight: 1, arbitrary: number },
)
const time: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: BEGIN - DAY_MS, max: BEGIN + DAY_MS }) },
  { weight: 1, arbitrary: number },
)
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  number,
  fc.constantFrom(
    '@deep',
    '@prototype',
    '@minus-infinite',
    'x'.repeat(50_000),
    '__proto__',
    'UPSTREAM_TIMEOUT',
  ),
)
const id = fc.oneof(
  fc.integer({ min: 0, max: 500 }).map(String),
  fc.constantFrom('__proto__', 'constructor', '', '\0', '\ud800', 'é', '9'.repeat(400), 'x'.repeat(30_000)),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const ids: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat({ max: 400 }), fc.array(fc.integer({ min: -3, max: 3 }))).map(flat),
  },
  fc.array(id, { maxLength: 20 }),
  fc.integer({ min: 0, max: 60_000 }).map((length) => Array.from({ length }, () => 1)),
  fc.array(number, { maxLength: 5 }),
  junk,
)

function flat([first, steps]: readonly [number, readonly number[]]): number[] {
  return [first, ...steps]
}

const flag: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(0, 1) },
  { weight: 1, arbitrary: number },
)
const row = fc.tuple(fc.constant('r'), time, count, time, ids, ids, count, count, count, count, time, flag)
const seek = fc.tuple(fc.constant('s'), count, count, fc.oneof(count, fc.constant(null)), count)
const key = fc.tuple(fc.constant('k'), time, id, flag)
const cursor = fc.tuple(fc.constant('c'), fc.oneof(id, fc.tuple(time, count).map(String)), ids, flag)
const edge = fc.constantFrom<unknown>(0, 1, 2, null)
const anywhere = fc.oneof(row, seek, key, cursor, edge, junk)

/** Mostly of the kind that belongs there, so that it is not refused at first sight. */
function position(...fitting: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  const place = fc.oneof(...fitting)
  return fc.oneof(
    { weight: 12, arbitrary: fc.tuple(place) },
    { weight: 4, arbitrary: fc.tuple(place, place) },
    { weight: 1, arbitrary: fc.array(anywhere, { maxLength: 4 }) },
    { weight: 1, arbitrary: junk },
  )
}

const positions = fc.tuple(
  position(row, row, seek, edge),
  position(key, key, edge),
  position(cursor, cursor, edge),
)

type Change = (content: readonly unknown[]) => unknown

/**
 * What stands in a cursor over a source of each kind of paging (page, window, cursor), its parts replaced by what
 * nobody would put there.
 */
export const hostileChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(positions, fc.integer({ min: 1, max: 7 })).map(replacing) },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 3 }), junk).map(([at, value]) => change(at, value)) },
  { weight: 1, arbitrary: number.map((begunAt) => change(2, begunAt)) },
  {
    weight: 1,
    arbitrary: junk.map(
      (value): Change =>
        () =>
          value,
    ),
  },
  {
    weight: 1,
    arbitrary: junk.map((value): Change => (content) => [...content, value]),
  },
)

function change(at: number, value: unknown): Change {
  return (content) => content.with(at, value)
}

/** @param which a bit for each position that is replaced */
function replacing([hostile, which]: readonly [readonly unknown[], number]): Change {
  return (content) => {
    const real = Array.isArray(content[3]) ? (content[3] as unknown[]) : []
    const mixed = real.map((each, index) => (which & (1 << index) ? hostile[index] : each))
    return content.with(3, mixed)
  }
}
