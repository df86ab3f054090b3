import type { RequestAllowance } from '../engine.js'

/** Thrown in place of sending a request that the answer's budget does not allow. Never leaves the engine. */
export class BudgetSpent extends Error {
  constructor() {
    super('The budget of upstream requests is spent')
    this.name = 'BudgetSpent'
  }
}

/** Counts the HTTP requests of one answer, all sources together, and ends them at a limit and an allowance. */
export class RequestBudget {
  readonly #limit: number
  readonly #allowance: RequestAllowance | undefined
  readonly #bySource = new Map<string, number>()
  #spent = 0

  constructor(limit: number | null, allowance?: RequestAllowance) {
    this.#limit = limit ?? Number.POSITIVE_INFINITY
    this.#allowance = allowance
  }

  /** Whether a limit was set, so that nothing should be fetched on a guess. */
  get isLimited(): boolean {
    return Number.isFinite(this.#limit)
  }

  get isSpent(): boolean {
    return this.#spent >= this.#limit || this.#allowance?.isSpent === true
  }

  /** @throws BudgetSpent when the limit is reached. */
  spend(source: string): void {
    if (this.isSpent) throw new BudgetSpent()
    this.#spent += 1
    this.#allowance?.spend()
    this.#bySource.set(source, this.spentOn(source) + 1)
  }

  spentOn(source: string): number {
    return this.#bySource.get(source) ?? 0
  }
}
