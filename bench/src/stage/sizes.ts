/** How many messages the measures of a large archive have; a smaller number makes a quick run. */
export const MANY = Number(process.env['WAYBILL_BENCH_MESSAGES'] ?? 1_000_000)
