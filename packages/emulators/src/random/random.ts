/** A source of pseudo-random values. The same seed yields the same values on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** True with the given probability, 0…1. */
  chance(probability: number): boolean
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T
  /** Permutes `items` in place, from position `from` up to, but not including, `to`. */
  shuffle(items: unknown[], from?: number, to?: number): void
}

/** Makes a {@link Random} from any number. */
export function createRandom(seed: number): Random {
  let state = mixSeeds(seed, 0)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return scramble(state) / 2 ** 32
  }
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]): T => itemAt(items, integer(0, items.length - 1)),
    shuffle: (items, from = 0, to = items.length) => {
      for (let last = to - 1; last > from; last--) {
        const other = integer(from, last)
        const moved = items[last]
        items[last] = items[other]
        items[other] = moved
      }
    },
  }
}

/** One seed out of two numbers; neighbours give unrelated results. */
export function mixSeeds(a: number, b: number): number {
  const high = Math.imul(Math.floor(b / 2 ** 32), 0x9e3779b1)
  return scramble(
    scramble(a | 0) ^ Math.imul(b | 0, 0x85ebca6b) ^ high ^ Math.imul((a % 1) * 2 ** 31, 0xc2b2ae35),
  )
}

/** The output function of mulberry32: an unsigned 32-bit number. */
function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}

/** The item at a position that is known to exist. @throws RangeError when it does not. */
export function itemAt<Item>(items: readonly Item[], position: number): Item {
  const item = items[position]
  if (item === undefined) throw new RangeError(`No item at position ${position} of ${items.length}.`)
  return item
}
