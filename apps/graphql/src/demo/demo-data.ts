import { generateOctopodsRows, generateWacrRows, type OctopodsRow, type WacrRow } from '@waybill/emulators'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

export const OCTOPODS_COUNT = 600
export const WACR_COUNT = 5000

/** What Octopods has, in two parts. */
export interface OctopodsHistory {
  /** What it had when the archive read it for the first time. */
  readonly earlier: readonly OctopodsRow[]
  /** When that was, in milliseconds since the epoch. */
  readonly firstReadAt: number
  /** What was sent after that. */
  readonly later: readonly OctopodsRow[]
}

/**
 * A channel with little traffic, apart from one night: a campaign sent more messages than the list holds, and the archive
 * did not read the list meanwhile. So the archive lacks the first messages of the campaign, and knows it.
 */
export function octopodsHistory(endAt: number): OctopodsHistory {
  const firstReadAt = endAt - 28 * HOUR_MS
  const campaignEndAt = endAt - 22 * HOUR_MS
  const earlier = generateOctopodsRows({ count: 430, seed: 1, endAt: firstReadAt, spanMs: 20 * DAY_MS })
  const campaign = generateOctopodsRows({
    count: 150,
    seed: 4,
    endAt: campaignEndAt,
    spanMs: 5 * HOUR_MS,
    firstId: idAfter(earlier),
  })
  const rest = generateOctopodsRows({
    count: OCTOPODS_COUNT - earlier.length - campaign.length,
    seed: 5,
    endAt,
    spanMs: endAt - campaignEndAt - HOUR_MS,
    firstId: idAfter(campaign),
  })
  return { earlier, firstReadAt, later: [...campaign, ...rest] }
}

function idAfter(rows: readonly OctopodsRow[]): number {
  return (rows.at(-1)?.messageId ?? 0) + 1
}

/** What the WA.cr tenant knows: a shop's conversations of four months. */
export function wacrRows(endAt: number): WacrRow[] {
  return generateWacrRows({ count: WACR_COUNT, seed: 2, endAt, spanMs: 120 * DAY_MS })
}
