import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, tool } from './run.js'

/** As strict as a careful user's, and the packages' own declarations are checked too. */
const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  target: 'ES2024',
  lib: ['ES2024', 'ESNext.Disposable'],
  module: 'NodeNext',
  types: ['node'],
  skipLibCheck: false,
  rootDir: '.',
  outDir: 'out',
}

/**
 * Type-checks a module in a consumer's folder, and returns the path of the JavaScript that it compiles to.
 * @throws Error with the compiler's words.
 */
export async function compile(consumer: string, name: string, code: string): Promise<string> {
  const folder = join(consumer, 'modules', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'example.ts'), code)
  const project = { compilerOptions: COMPILER_OPTIONS, files: ['example.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project))
  await run(tool('tsc'), ['-p', '.'], { cwd: folder })
  return join(folder, 'out', 'example.js')
}
