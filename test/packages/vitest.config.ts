import { defineConfig } from 'vitest/config'
import { TallyReporter } from '../../scripts/tally-reporter.js'

/** Checks that install the packed packages, several versions of Node.js too, and so are no part of the tests. */
export default defineConfig({
  test: {
    name: 'packages',
    include: ['*.check.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    reporters: ['default', new TallyReporter()],
  },
})
