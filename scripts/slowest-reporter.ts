import type { Reporter, TestModule } from 'vitest/node'

const FILES = 40

/** Closes a run with its slowest test files, and how long each took to load and to run, in seconds. */
export class SlowestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules
      .map((module) => ({ module, ...module.diagnostic() }))
      .map(({ module, collectDuration, duration }) => ({
        name: `${module.project.name} ${module.relativeModuleId}`,
        load: collectDuration / 1000,
        run: duration / 1000,
      }))
      .toSorted((a, b) => b.load + b.run - a.load - a.run)
      .slice(0, FILES)
      .map(({ name, load, run }) => `${load.toFixed(1).padStart(6)} ${run.toFixed(1).padStart(7)}  ${name}`)
    process.stdout.write(['', '  load     run  file', ...lines, ''].join('\n'))
  }
}
