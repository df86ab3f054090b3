import { WaybillError } from '@waybill/core'
import type { FailureCode } from '../cursor/failure-code.js'

/** A source failed on an earlier page, with the code that it failed with then, and stays out of the traversal. */
export class DroppedSourceError extends WaybillError {
  declare readonly code: FailureCode
  readonly source: string

  constructor(code: FailureCode, source: string) {
    super(
      code,
      `Source "${source}" failed on an earlier page and stays out of this traversal. Start again without after to read it.`,
    )
    this.source = source
  }
}
