import { type ProviderCapabilities, WaybillError } from '@waybill/core'

/** Whether a stored cursor cannot be gone on from: after an upgrade, for one. */
export function isRefusedCursor(error: unknown): error is WaybillError {
  return error instanceof WaybillError && error.code === 'INVALID_CURSOR'
}

/**
 * Whether a stored cursor may be what an upstream with cursors of its own rejects. It does not say so: what is read anew then
 * has to wait as after any failure, or a source that rejects everything would be asked without end.
 */
export function mayBeRefusedCursor(error: unknown, { paging }: ProviderCapabilities): error is WaybillError {
  return paging.kind === 'cursor' && error instanceof WaybillError && error.code === 'UPSTREAM_REJECTED'
}
