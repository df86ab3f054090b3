import { defineConfig } from 'vitest/config'
import { mutation } from '../../test/support/mutation.js'
import { MUTANTS } from './test/mutants/mutants.js'

export default defineConfig({
  plugins: [mutation(MUTANTS)],
  test: {
    name: 'reconcile',
    include: [
      'test/**/*.test.ts',
      ...(process.env['WAYBILL_SOAK'] === undefined ? [] : ['test/**/*.soak.ts']),
    ],
  },
})
