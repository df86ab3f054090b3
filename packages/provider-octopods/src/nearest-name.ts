/** The known name that was probably meant: the one the fewest edits away, letter case aside, if those are few. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const distances = known.map((candidate) => distance(name.toLowerCase(), candidate.toLowerCase()))
  const least = Math.min(...distances)
  const nearest = known[distances.indexOf(least)]
  return nearest !== undefined && least <= nearest.length / 2 ? nearest : null
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const character of a) {
    const above = row
    row = [(above[0] ?? 0) + 1]
    for (let index = 1; index <= b.length; index += 1) {
      const replaced = (above[index - 1] ?? 0) + (character === b[index - 1] ? 0 : 1)
      row.push(Math.min(replaced, (above[index] ?? 0) + 1, (row[index - 1] ?? 0) + 1))
    }
  }
  return row[b.length] ?? 0
}
