/** Upstream requests that an answer may still make. */
export interface RequestBudget {
  /** Takes one request out; false when none is left. */
  take(): boolean
}

export function createRequestBudget(requests: number): RequestBudget {
  let left = requests
  return {
    take: () => {
      left -= 1
      return left >= 0
    },
  }
}
