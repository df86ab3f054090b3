const PATH = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+){2,}(?::\d+)*/g
const QUOTED = /"(?:[^"\\]|\\.)*"|(?<!\w)'[^']*'(?!\w)|`[^`]*`/gs
/** What is called so in code or in a database; anything else that is quoted may be a text or a number of somebody. */
const NAME = /^["'`](?:[A-Za-z_$][\w.$-]{0,63}|\[path\])["'`]$/
/** What a parser quotes may have quotes in it. */
const FIRST_TO_LAST_QUOTE = /["'].*["']/s
const LONG_NUMBER = /\d{6,}/g
const LONGEST = 500

/**
 * A defect in one line for the log: what it is called and what its message reads, without the stack, paths of files, quoted values
 * and long numbers. Parsers quote what they cannot read, and databases what they cannot store.
 */
export function describeDefect(cause: unknown): string {
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  const whole = cause instanceof SyntaxError ? text.replace(FIRST_TO_LAST_QUOTE, '[value]') : text
  return whole
    .slice(0, LONGEST)
    .replaceAll(PATH, '[path]')
    .replaceAll(QUOTED, (quoted) => (NAME.test(quoted) ? quoted : '[value]'))
    .replaceAll(LONG_NUMBER, '[number]')
}
