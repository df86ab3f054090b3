/**
 * A number of things, for people: `1 message`, `1,234 messages`.
 *
 * @param plural Default: the singular with an s.
 */
export function countOf(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
}
