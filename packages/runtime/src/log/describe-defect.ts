const PATH = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+){2,}(?::\d+)*/g

/**
 * A defect in one line for the log: what it is called and what it says, without the stack and without paths of files.
 */
export function describeDefect(cause: unknown): string {
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return text.replaceAll(PATH, '[path]')
}
