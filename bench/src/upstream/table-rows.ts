import { generateWacrRows, plainWacrRow, type WacrRow } from '@waybill/emulators'

/** Which rows a table holds. */
export interface TableOptions {
  readonly count: number
  /** `plain`: a row a second, in the order of the times that it lists. `generated`: believable rows, sorted by times that differ from the listed ones. */
  readonly kind: 'plain' | 'generated'
  /** How long every answer takes at least, in milliseconds. Default 0. */
  readonly latencyMs?: number
}

const BEGIN = Date.UTC(2026, 0, 1)

export function tableRows({ count, kind }: TableOptions): WacrRow[] {
  if (kind === 'generated') return generateWacrRows({ count, seed: 1 })
  return Array.from({ length: count }, (_, index) =>
    plainWacrRow(index + 1, {
      createdAt: BEGIN + index * 1000,
      direction: index % 3 === 0 ? 'inbound' : 'outbound',
    }),
  )
}
