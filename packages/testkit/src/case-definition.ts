/** What a case is called and does, before anybody said that it is not supported. */
export interface CaseDefinition {
  readonly name: string
  /** Rejects where the provider does not conform. */
  run(): Promise<void>
}
