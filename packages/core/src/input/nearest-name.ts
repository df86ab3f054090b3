const LONGEST = 64

/**
 * The known name that was probably meant: the one that the fewest insertions, deletions, replacements and exchanges of
 * neighbours lead to, letter case aside, if that are few for its length.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  // Nobody mistypes a name into one this long, and the distance costs time.
  if (name.length > LONGEST) return null
  let nearest: string | null = null
  let least = Infinity
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    const limit = Math.floor(Math.max(name.length, candidate.length) * 0.4) + 1
    if (distance > limit || distance >= least || distance >= candidate.length) continue
    nearest = candidate
    least = distance
  }
  return nearest
}

/** Optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const exchanged =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforePrevious[j - 2] ?? Infinity) + 1 : Infinity
      current.push(Math.min(replaced, exchanged, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
