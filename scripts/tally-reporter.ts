import type { Reporter, TestModule, Vitest } from 'vitest/node'

interface Tally {
  passed: number
  failed: number
  /** Tests that failed at first, by file and name. */
  repeated: string[]
  /** Tests that did not run, by file and name. */
  skipped: string[]
}

/**
 * Closes a run with the line `N passed, N failed`. A file or a suite that could not run, and an error outside of any
 * test, count as one failure each. A skipped test is a failure too, unless `-t` asked for only some tests. Before it stand the
 * tests that passed at their second try only: each depends on chance, and is to be mended.
 */
export class TallyReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally = tallyOf(modules, unhandledErrors)
    const skipped = this.#vitest?.config.testNamePattern === undefined ? tally.skipped : []
    const failed = tally.failed + skipped.length
    if (failed > 0 || tally.passed === 0) process.exitCode = 1
    const lines = [
      ...tally.repeated.map((name) => `Passed at its second try only: ${name}`),
      ...skipped.map((name) => `Not run, and no test may be skipped: ${name}`),
    ]
    process.stdout.write(['', ...lines, `${tally.passed} passed, ${failed} failed`, ''].join('\n'))
  }
}

function tallyOf(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Tally {
  const tally: Tally = { passed: 0, failed: unhandledErrors.length, repeated: [], skipped: [] }
  for (const module of modules) addModule(tally, module)
  return tally
}

function addModule(tally: Tally, module: TestModule): void {
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    const name = `${module.relativeModuleId} > ${test.fullName}`
    if (test.diagnostic()?.flaky === true) tally.repeated.push(name)
    if (state === 'passed') tally.passed += 1
    else if (state === 'failed') tally.failed += 1
    else tally.skipped.push(name)
  }
  const suites = [module, ...module.children.allSuites()]
  tally.failed += suites.filter((suite) => suite.errors().length > 0).length
}
