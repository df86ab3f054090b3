import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { SlowestReporter } from './scripts/slowest-reporter.js'
import { TallyReporter } from './scripts/tally-reporter.js'
import { LongestFirst } from './scripts/longest-first.js'

const configs = globSync(
  ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'test/vitest.config.ts'],
  {
    cwd: import.meta.dirname,
  },
)

const isSoak = process.env['WAYBILL_SOAK'] !== undefined

/**
 * Generous, so that a loaded machine with two cores never fails a test that is right. A limit only ends what would wait for
 * ever, so that no test needs one of its own.
 */
const patience = {
  testTimeout: isSoak ? 1_800_000 : 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 60_000 } },
}

/**
 * Real processes, sockets and browsers on a loaded machine: one test of ten thousand that missed its moment has a second try,
 * and the run names it at its end. A soak looks for what happens once in a thousand times, so it has none, but in the browser,
 * where it looks at many views once.
 */
const retryOf = (project: string): number => (!isSoak || project === 'web' ? 1 : 0)

/**
 * Many tests wait for processes, servers and deadlines: two on each core keep it busy. More than eight help nobody.
 * Each project has to be given it, or runs its files one after another on a machine with two cores.
 */
const maxWorkers = Math.min(2 * availableParallelism(), 8)

/** A package's config sees it by an absolute path. */
const setupFiles = [join(import.meta.dirname, 'test/support/property-seed.ts')]

/** The programs that tests start are the same ones again and again: Node.js compiles each module once. */
const env = { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') }

const profiling = process.env['WAYBILL_PROFILE'] === undefined ? [] : [new SlowestReporter()]

/** A package's project is named after its folder; the tests of the whole are `workspace`. */
function projectName(folder: string): string {
  return folder === 'test' ? 'workspace' : basename(folder)
}

export default defineConfig({
  test: {
    projects: configs.map((config) => {
      const name = projectName(dirname(config))
      return {
        extends: `./${config}`,
        root: `./${dirname(config)}`,
        // Loading the modules anew for each file would cost more than most tests. No test changes what others see.
        test: { name, isolate: false, maxWorkers, env, setupFiles, retry: retryOf(name), ...patience },
      }
    }),
    reporters: ['default', ...profiling, new TallyReporter()],
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
  },
})
