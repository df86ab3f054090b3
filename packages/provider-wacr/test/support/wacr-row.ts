import { plainWacrRow, type WacrRow } from '@waybill/emulators'

export { plainWacrRow as wacrRow } from '@waybill/emulators'

export function wacrRows(count: number): WacrRow[] {
  return Array.from({ length: count }, (_, index) => plainWacrRow(index + 1))
}
