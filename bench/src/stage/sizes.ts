/** How many messages the measures of a large archive have; a smaller number makes a quick run. */
export const MANY = Number(process.env['WAYBILL_BENCH_MESSAGES'] ?? 1_000_000)

/** The most rounds of what takes minutes a round. */
export const FEW_ROUNDS = 3
