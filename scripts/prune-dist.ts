// Runs after a build. Neither the compiler nor a restored cache removes what a file that is gone was compiled to,
// and it would be packed. The page for operations people is built by other means; so is a program, which lists its files.
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

for (const project of globSync('{packages,apps}/*/tsconfig.build.json', { cwd: root })) {
  const folder = join(root, project, '..')
  for (const file of globSync('dist/**/*.{js,d.ts,js.map,d.ts.map}', {
    cwd: folder,
    exclude: ['dist/page/**', 'dist/program/**'],
  })) {
    const source = file.replace(/^dist/, 'src').replace(/\.(?:d\.ts|js)(?:\.map)?$/, '.ts')
    if (!existsSync(join(folder, source))) rmSync(join(folder, file))
  }
  const program = join(folder, 'dist/program')
  if (!existsSync(program)) continue
  const files = new Set(JSON.parse(readFileSync(join(program, 'files.json'), 'utf8')) as string[])
  for (const file of globSync('*.{js,js.map}', { cwd: program })) {
    if (!files.has(file)) rmSync(join(program, file))
  }
}
