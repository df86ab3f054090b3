import type { BufferedItem } from './buffered-item.js'

/**
 * The entries and messages that are held, in order of time. Each has a place that stays the same while others are
 * added and dropped.
 */
export class ItemBuffer {
  #items: BufferedItem[] = []
  #first: number

  /** @param first - the place of the first item. */
  constructor(first = 0) {
    this.#first = first
  }

  /** The place of the oldest item. */
  get first(): number {
    return this.#first
  }

  /** The place that the next item will have. */
  get end(): number {
    return this.#first + this.#items.length
  }

  add(item: BufferedItem): void {
    this.#items.push(item)
  }

  at(place: number): BufferedItem | undefined {
    return this.#items[place - this.#first]
  }

  /** Everything that is held, oldest first. */
  items(): readonly BufferedItem[] {
    return this.#items
  }

  /** The first place whose item is not earlier than a time. */
  placeOf(time: number): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#items[middle]?.time ?? 0) < time) low = middle + 1
      else high = middle
    }
    return this.#first + low
  }

  /** Forgets everything before a place, and returns it. */
  drop(place: number): BufferedItem[] {
    const dropped = this.#items.splice(0, Math.max(0, place - this.#first))
    this.#first += dropped.length
    return dropped
  }
}
