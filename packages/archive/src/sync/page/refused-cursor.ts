import { WaybillError } from '@waybill/core'

/** Whether a stored cursor cannot be gone on from: after an upgrade, for one. */
export function isRefusedCursor(error: unknown): error is WaybillError {
  return error instanceof WaybillError && error.code === 'INVALID_CURSOR'
}
