/** Refuses names that a list between commas, with `-` for descending, has no room for. */
export function checkNames(names: readonly string[]): void {
  for (const name of names) {
    if (name === '' || name.startsWith('-') || name.includes(',')) {
      throw new TypeError(`A listed field cannot be named ${JSON.stringify(name)}.`)
    }
  }
  if (new Set(names).size < names.length) throw new TypeError('A listed field is named twice.')
}
