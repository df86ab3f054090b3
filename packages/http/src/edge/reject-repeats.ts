import { invalidResponse } from './invalid-response.js'

/**
 * Refuses a list in which one id stands twice: whichever item is taken, the other is lost.
 *
 * @param at Where the list stands in the answer, for the error; empty for the whole.
 * @param source The source's id from the configuration.
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming both places.
 */
export function rejectRepeats(ids: readonly string[], at: string, source: string): void {
  const positions = new Map<string, number>()
  for (const [index, id] of ids.entries()) {
    const first = positions.get(id)
    if (first !== undefined) {
      const places = `${at}[${first}] and ${at}[${index}]`
      throw invalidResponse(source, `${places}: expected different ids, found the same twice`)
    }
    positions.set(id, index)
  }
}
