import { generateOctopodsRows, generateWacrRows, type OctopodsRow, type WacrRow } from '@waybill/emulators'

const DAY_MS = 24 * 60 * 60 * 1000

export const OCTOPODS_COUNT = 600
export const WACR_COUNT = 5000

/** What Octopods knows: a busy channel, most of it behind the window that can be listed. */
export function octopodsRows(endAt: number): OctopodsRow[] {
  return generateOctopodsRows({ count: OCTOPODS_COUNT, seed: 1, endAt, spanMs: 21 * DAY_MS })
}

/** What the WA.cr tenant knows: a shop's conversations of four months. */
export function wacrRows(endAt: number): WacrRow[] {
  return generateWacrRows({ count: WACR_COUNT, seed: 2, endAt, spanMs: 120 * DAY_MS })
}
