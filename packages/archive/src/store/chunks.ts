/** As many rows as one statement may hold the values of, in every database. */
const CHUNK_SIZE = 500

/** Splits a list into parts of {@link CHUNK_SIZE}. */
export function chunksOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK_SIZE) }, (_, index) =>
    items.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  )
}
