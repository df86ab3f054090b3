const LONGEST_NAME = 64

/** The name of an operation as it may be written down: its first characters, and no digits that could be a phone number. */
export function shownName(name: string): string {
  return name
    .slice(0, 4 * LONGEST_NAME)
    .replaceAll(/\W/g, '')
    .replaceAll(/\d[\d_]{4,}\d/g, 'N')
    .slice(0, LONGEST_NAME)
}
