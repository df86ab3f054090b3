import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tool } from './run.js'

const execute = promisify(execFile)

/** As strict as a careful user's, and the packages' own declarations are checked too. */
const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  target: 'ES2024',
  lib: ['ES2024', 'ESNext.Disposable'],
  module: 'NodeNext',
  moduleDetection: 'force',
  types: ['node'],
  skipLibCheck: false,
  rootDir: '.',
  outDir: 'out',
}

/** Modules that were compiled together. */
export interface CompiledModules {
  /**
   * The path of the JavaScript that a module was compiled to.
   * @throws Error with the compiler's words about this module, or about what no module is to blame for.
   */
  readonly path: (name: string) => string
}

/** Type-checks modules in a consumer's folder, all in one run of the compiler, which takes most of the time. */
export async function compileModules(
  consumer: string,
  modules: ReadonlyMap<string, string>,
): Promise<CompiledModules> {
  const folder = join(consumer, 'modules')
  await mkdir(folder)
  for (const [name, code] of modules) await writeFile(join(folder, `${name}.ts`), code)
  const project = { compilerOptions: COMPILER_OPTIONS, include: ['*.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project))
  const errors = await compilerErrors(folder)
  return {
    path: (name) => {
      const own = errors.filter((line) => line.startsWith(`${name}.ts`) || !/^[\w-]+\.ts/.test(line))
      if (own.length > 0) throw new Error(own.join('\n'))
      return join(folder, 'out', `${name}.js`)
    },
  }
}

/** What the compiler says, one error a line. */
async function compilerErrors(folder: string): Promise<readonly string[]> {
  try {
    await execute(tool('tsc'), ['-p', '.', '--pretty', 'false'], { cwd: folder })
    return []
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string }
    if (stdout === '') throw error
    return stdout.split('\n').filter((line) => /^\S.*error TS\d+/.test(line))
  }
}
