/** One thing that a provider has to do. */
export interface ConformanceCase {
  /** Unique among the cases of a world: `page: every edge`. */
  readonly name: string
  /** Why the provider cannot do it, in its author's words; null where it has to. */
  readonly notSupported: string | null
  /**
   * Runs it. The cases of one world share its upstream, so one at a time.
   *
   * @throws ConformanceFailure where the provider does not conform, with what was expected and found; and where a case
   *   that is declared as not supported passes.
   */
  run(): Promise<void>
}
