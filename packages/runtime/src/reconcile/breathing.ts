import { setImmediate } from 'node:timers/promises'

/** The items of all pages. Between two pages others get their turn: a server has more to do. */
export async function* breathing<Item>(
  pages: Iterable<readonly Item[]>,
  signal: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  for (const page of pages) {
    await setImmediate()
    signal.throwIfAborted()
    yield* page
  }
}
