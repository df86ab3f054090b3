import { ERROR_CODES, type ErrorCode, WaybillError } from '@waybill/core'

/** A code that a source can fail with by itself, whatever it was asked. */
export type FailureCode = Extract<
  ErrorCode,
  `UPSTREAM_${string}` | 'UNSUPPORTED_SORT' | 'ARCHIVE_UNAVAILABLE'
>

/** An error that takes a source out of a traversal; any other one is the caller's, or ours. */
export type SourceFailure = WaybillError & { readonly code: FailureCode }

const OTHERS: readonly string[] = ['UNSUPPORTED_SORT', 'ARCHIVE_UNAVAILABLE'] satisfies FailureCode[]

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(ERROR_CODES, code) && (code.startsWith('UPSTREAM_') || OTHERS.includes(code))
}

export function isSourceFailure(error: unknown): error is SourceFailure {
  return error instanceof WaybillError && isFailureCode(error.code)
}
