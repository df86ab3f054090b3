/** How many random histories a test runs, and from which seed; `WAYBILL_HISTORIES` and `WAYBILL_SEED` say others. */
export const HISTORIES = Number(process.env['WAYBILL_HISTORIES'] ?? 2000)
export const SEED = Number(process.env['WAYBILL_SEED'] ?? 20261121)
