import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { CompiledModules } from './compile.js'
import type { Consumer } from './consumer.js'
import type { RunningEmulators } from './emulators.js'
import { codeBlocks, section } from './markdown.js'
import { run } from './run.js'
import { publicPackages } from './workspace.js'

/** Where an example runs: the installed packages, what it was compiled to, and both upstreams. */
export interface ExampleWorld {
  readonly consumer: Consumer
  readonly compiled: CompiledModules
  readonly emulators: RunningEmulators
}

/** The example in each public package's README, by the package's short name. */
export const packageExamples: ReadonlyMap<string, string> = new Map(
  publicPackages.map(({ shortName, path }) => {
    const readme = readFileSync(join(path, 'README.md'), 'utf8')
    return [shortName, codeBlocks(section(readme, '## Example') ?? '', 'ts')[0] ?? '']
  }),
)

/** Runs a compiled module as a user would: it prints something, and no secret. */
export async function expectExampleToRun(
  { consumer, compiled, emulators }: ExampleWorld,
  name: string,
  node: string = process.execPath,
): Promise<void> {
  const output = await run(node, [compiled.path(name)], { cwd: consumer.folder, env: emulators.env })
  expect(output.trim()).not.toBe('')
  expect(output).not.toContain('s3cret')
}
