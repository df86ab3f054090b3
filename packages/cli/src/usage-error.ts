/** What a command was asked for cannot be done, and why: each of `errors` says what is wrong and what to do. */
export class UsageError extends Error {
  readonly errors: readonly string[]

  constructor(errors: readonly string[]) {
    super(errors.join('\n'))
    this.name = 'UsageError'
    this.errors = errors
  }
}
