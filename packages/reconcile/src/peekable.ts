/** Items one after the other, of which the next one can be seen before it is taken. */
export interface Peekable<T> {
  /** The next item, undefined at the end. */
  peek(): T | undefined | Promise<T | undefined>
  skip(): void
  close(): Promise<void>
}

export function peekable<T>(items: AsyncIterable<T> | Iterable<T>): Peekable<T> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  let next: { readonly value: T | undefined } | null = null
  return {
    peek: () => {
      if (next !== null) return next.value
      return Promise.resolve(iterator.next()).then((result) => {
        next = { value: result.done === true ? undefined : result.value }
        return next.value
      })
    },
    skip: () => {
      next = null
    },
    close: async () => {
      if (next?.value !== undefined || next === null) await iterator.return?.()
    },
  }
}
