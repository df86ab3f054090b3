import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { defineConfig } from 'vitest/config'
import { TallyReporter } from './scripts/tally-reporter.js'

const configs = globSync(
  ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'test/vitest.config.ts'],
  {
    cwd: import.meta.dirname,
  },
)

/** Generous, so that a loaded machine with two cores never fails a test that is right. */
const patience = { testTimeout: 60_000, hookTimeout: 120_000 }

/** A package's project is called like its folder; the tests of the whole are `workspace`. */
function projectName(folder: string): string {
  return folder === 'test' ? 'workspace' : basename(folder)
}

export default defineConfig({
  test: {
    projects: configs.map((config) => ({
      extends: `./${config}`,
      root: `./${dirname(config)}`,
      test: { name: projectName(dirname(config)), ...patience },
    })),
    reporters: ['default', new TallyReporter()],
    allowOnly: false,
    maxWorkers: 2,
  },
})
