/** The item at a position that is known to exist. @throws RangeError when it does not. */
export function itemAt<Item>(items: readonly Item[], position: number): Item {
  const item = items[position]
  if (item === undefined) throw new RangeError(`No item at position ${position} of ${items.length}.`)
  return item
}
