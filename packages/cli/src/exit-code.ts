/** What the exit codes of the command mean. A signal ends it with 128 and the signal's number. */
export const ExitCode = {
  /** All of it is done. */
  DONE: 0,
  /** An upstream, the archive or this machine is in the way. What was said tells what to do. */
  FAILED: 1,
  /** It was called wrongly, or the configuration is wrong. */
  WRONG_USAGE: 2,
  /** It is done as far as it can be: what was said tells which source lacks what. */
  INCOMPLETE: 3,
  /** Nobody reads the output any more (128 and SIGPIPE). */
  OUTPUT_CLOSED: 141,
} as const
