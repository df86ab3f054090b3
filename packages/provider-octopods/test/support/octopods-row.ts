import { type OctopodsRow, plainOctopodsRow } from '@waybill/emulators'

export { plainOctopodsRow as octopodsRow } from '@waybill/emulators'

export function octopodsRows(count: number): OctopodsRow[] {
  return Array.from({ length: count }, (_, index) => plainOctopodsRow(index + 1))
}
