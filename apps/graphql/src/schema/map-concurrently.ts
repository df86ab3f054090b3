/**
 * Applies an asynchronous function to every item, at most `limit` at once.
 * @returns what came of each, in the items' order: its value, or the error that it failed with.
 */
export async function mapConcurrently<Item, Value>(
  items: readonly Item[],
  limit: number,
  apply: (item: Item) => Promise<Value>,
): Promise<(Value | Error)[]> {
  const outcomes: (Value | Error)[] = []
  const queue = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) outcomes[index] = await attempt(() => apply(item))
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return outcomes
}

async function attempt<Value>(action: () => Promise<Value>): Promise<Value | Error> {
  try {
    return await action()
  } catch (error) {
    return error instanceof Error ? error : new Error('A failure that is not an Error', { cause: error })
  }
}
