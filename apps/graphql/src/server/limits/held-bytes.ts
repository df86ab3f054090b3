/** What an answer takes of the bytes that the answers of its caller may have together. */
export interface HeldBytes {
  /** @returns false where the caller's answers would have too many: nothing is added then */
  add(bytes: number): boolean
  /** Gives them back, when the answer was sent or its client has gone. */
  release(): void
}

/** For what is not held: events, files and logs are sent as they are made. */
export const NOTHING_HELD: HeldBytes = { add: () => true, release: () => undefined }

/**
 * Bounds what the answers of each caller that are being made or sent have together. A client that asks for many large answers and
 * reads none of them would fill the memory.
 *
 * @param limit in bytes
 */
export function createHeldBytes(limit: number): (caller: string) => HeldBytes {
  const callers = new Map<string, number>()
  return (caller) => {
    let own = 0
    return {
      add: (bytes) => {
        const held = (callers.get(caller) ?? 0) + bytes
        if (held > limit) return false
        callers.set(caller, held)
        own += bytes
        return true
      },
      release: () => {
        const left = (callers.get(caller) ?? 0) - own
        own = 0
        if (left > 0) callers.set(caller, left)
        else callers.delete(caller)
      },
    }
  }
}
