import type { TestFramework } from '../../src/index.js'

interface RecordedTest {
  readonly name: string
  readonly run: () => Promise<void>
}

/** The smallest test framework there is: it keeps what it is told. */
export function recordingFramework(): TestFramework & { readonly tests: readonly RecordedTest[] } {
  const tests: RecordedTest[] = []
  return { tests, describe: (_name, define) => define(), it: (name, run) => void tests.push({ name, run }) }
}
