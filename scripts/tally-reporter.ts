import type { Reporter, TestModule, Vitest } from 'vitest/node'

interface Tally {
  passed: number
  failed: number
  skipped: string[]
}

/**
 * Closes a run with the line `N passed, N failed`. A file or a suite that could not run, and an error outside of any
 * test, count as one failure each. A skipped or pending test fails the run, unless `-t` asked for only some tests.
 */
export class TallyReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const { passed, failed, skipped } = tallyOf(modules, unhandledErrors)
    const wantsAll = this.#vitest?.config.testNamePattern === undefined
    const lines = [`${passed} passed, ${failed} failed`]
    if (wantsAll && skipped.length > 0) {
      lines.unshift(`No test may be skipped, and these were:`, ...skipped.map((name) => `  ${name}`))
    }
    if (lines.length > 1 || passed + failed === 0) process.exitCode = 1
    process.stdout.write(`\n${lines.join('\n')}\n`)
  }
}

function tallyOf(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Tally {
  const tally: Tally = { passed: 0, failed: unhandledErrors.length, skipped: [] }
  for (const module of modules) addModule(tally, module)
  return tally
}

function addModule(tally: Tally, module: TestModule): void {
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed') tally.passed += 1
    else if (state === 'failed') tally.failed += 1
    else tally.skipped.push(`${module.relativeModuleId} > ${test.fullName}`)
  }
  const suites = [module, ...module.children.allSuites()]
  tally.failed += suites.filter((suite) => suite.errors().length > 0).length
}
