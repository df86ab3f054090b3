import { defineConfig } from 'vitest/config'
import { TallyReporter } from '../../scripts/tally-reporter.js'

/** Checks that install several versions of Node.js, and so are no part of the tests. */
export default defineConfig({
  test: {
    name: 'engines',
    include: ['*.check.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    reporters: ['default', new TallyReporter()],
  },
})
