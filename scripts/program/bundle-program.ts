// Runs in a program's package after the compiler: puts everything that the program loads into a few files, since finding and
// reading two thousand modules takes longer than running them. Arguments: the compiled files to begin from. Those directly
// in `dist` are replaced; everything else goes to `dist/program`.
import { rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { type OutputChunk, type Plugin, rolldown, type SourceMapInput } from 'rolldown'
import { checkAddresses, checkImports } from './check-bundle.ts'
import { licensesOf } from './licenses.ts'

const FOLDER = 'dist/program'

/**
 * What stays outside: what providers share with the program (a class must be the same one for both), what brings a native
 * part, what runs before the rest is loaded, and the server, which the command starts. `pg` looks for `pg-native` itself.
 */
const EXTERNAL =
  /^(?:@waybill\/(?:core|http|graphql|runtime\/new-node)|@opentelemetry\/api|better-sqlite3|pg-native)$/

/** Maps lead to the sources of our own modules, which they contain: siblings may be installed anywhere. Others get no map. */
const keepMaps: Plugin = {
  name: 'keep-maps',
  load: {
    filter: { id: /^(?!.*node_modules).*\.js$/ },
    handler: async (file) => {
      const map = JSON.parse(await readFile(`${file}.map`, 'utf8')) as { readonly sources: readonly string[] }
      const sourcesContent = await Promise.all(
        map.sources.map((source) => readFile(join(dirname(file), source), 'utf8')),
      )
      return { code: await readFile(file, 'utf8'), map: { ...map, sourcesContent } as SourceMapInput }
    },
  },
  transform: {
    filter: { id: /node_modules/ },
    handler: (code) => ({ code, map: { mappings: '' } }),
  },
}

const entries = process.argv.slice(2)
rmSync(FOLDER, { recursive: true, force: true })
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((file) => [nameOf(file), file])),
  platform: 'node',
  external: EXTERNAL,
  plugins: [keepMaps],
  onLog: (_level, log) => {
    throw new Error(`The program was not bundled: ${log.message}`)
  },
})
const { output } = await bundle.write({
  dir: 'dist',
  entryFileNames: ({ name }) => (isReplaced(name) ? '[name].js' : 'program/[name].js'),
  chunkFileNames: 'program/[name].js',
  sourcemap: true,
  comments: { legal: true, jsdoc: false, annotation: false },
})
await bundle.close()

const chunks = output.filter((one): one is OutputChunk => one.type === 'chunk')
for (const { fileName, code } of chunks) checkAddresses(join('dist', fileName), code)
const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
}
checkImports(
  chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]),
  { dependencies, files: new Set(output.map(({ fileName }) => fileName)) },
)
await writeFile(join(FOLDER, 'licenses.md'), licensesOf(chunks.flatMap(({ moduleIds }) => moduleIds)))
await writeFile(join(FOLDER, 'files.json'), JSON.stringify(output.map(({ fileName }) => basename(fileName))))

function nameOf(file: string): string {
  return basename(file, '.js')
}

function isReplaced(name: string): boolean {
  return entries.some((file) => dirname(file) === 'dist' && nameOf(file) === name)
}
