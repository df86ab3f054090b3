import fc from 'fast-check'

/**
 * Every run of the properties has the same examples, so that one and the same code never passes today and fails tomorrow.
 * `WAYBILL_SEED` sets another seed, to look for more of them.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['WAYBILL_SEED'] ?? 20261121) })
