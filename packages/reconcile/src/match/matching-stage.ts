/**
 * One rule, applied to entries and messages in order of time. A stage sees only what the stages before it are done with,
 * so that an earlier rule takes precedence wherever its pair is.
 */
export interface MatchingStage {
  /** The first place that this stage is not done with. */
  readonly released: number
  /**
   * Goes on as far as it can.
   *
   * @param limit - the first place that the stage before is not done with.
   * @param time - everything before `limit` that is earlier than this is complete.
   */
  advance(limit: number, time: number): void
}
