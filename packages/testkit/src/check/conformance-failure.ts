import { AssertionError } from 'node:assert'
import { inspect, isDeepStrictEqual } from 'node:util'

/** A provider breaks its contract. Test frameworks show `expected` and `actual` as of any assertion. */
export class ConformanceFailure extends AssertionError {
  constructor(what: string, { expected, found }: { readonly expected: unknown; readonly found: unknown }) {
    super({
      message: `${what}: expected ${show(expected)}, found ${show(found)}`,
      expected,
      actual: found,
      operator: 'conforms',
    })
    this.name = 'ConformanceFailure'
  }
}

/** @throws ConformanceFailure when the two are not deeply equal. */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) throw new ConformanceFailure(what, { expected, found })
}

/** @throws ConformanceFailure when it does not hold. */
export function expectThat(what: string, holds: boolean, expected: string, found: unknown): void {
  if (!holds) throw new ConformanceFailure(what, { expected: new Description(expected), found })
}

/** Shown without quotes: it is no value that could have been found. */
class Description {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  [inspect.custom](): string {
    return this.#text
  }
}

function show(value: unknown): string {
  return inspect(value, { depth: 4, breakLength: Infinity, maxArrayLength: 40, maxStringLength: 400 })
}
