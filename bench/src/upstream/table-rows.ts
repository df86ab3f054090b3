import { generateWacrRows, plainWacrRow, type WacrRow } from '@waybill/emulators'

/** Which rows a table holds. */
export interface TableOptions {
  readonly count: number
  /** `plain`: a row a second, whose times are told as they are. `generated`: believable ones, whose times differ from what is told. */
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
