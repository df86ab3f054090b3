/** What cannot be the id of a message of any upstream, and must not be taken for a part of an address. */
export const MALFORMED_IDS: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '../messages',
  'a/b',
  '1?limit=5',
  '1#a',
  '%2e%2e',
  '\0',
  '__proto__',
  '7 7',
]

export const LONG_ID: string = '9'.repeat(400)
