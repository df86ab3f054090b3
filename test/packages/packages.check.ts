import { existsSync, globSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileModules } from '../support/compile.js'
import { createConsumer } from '../support/consumer.js'
import { startEmulators } from '../support/emulators.js'
import { type ExampleWorld, expectExampleToRun, packageExamples } from '../support/examples.js'
import { codeBlocks, linkTargets } from '../support/markdown.js'
import { run, tool } from '../support/run.js'
import { publicPackages, readManifest, root, runtimeDependencies } from '../support/workspace.js'

let world: ExampleWorld

const documents = { readme: 'README.md', 'library-use': 'docs/guides/library-use.md' }
const programs = new Map(
  Object.entries(documents).flatMap(([name, file]) =>
    codeBlocks(readFileSync(join(root, file), 'utf8'), 'ts').map((code, index) => [
      `${name}-${index + 1}`,
      code,
    ]),
  ),
)

beforeAll(async () => {
  const consumer = await createConsumer()
  const compiled = await compileModules(consumer.folder, new Map([...programs, ...packageExamples]))
  world = { consumer, compiled, emulators: await startEmulators(consumer.folder) }
})

afterAll(async () => {
  await world.emulators[Symbol.asyncDispose]()
  await world.consumer[Symbol.asyncDispose]()
})

/** The files that a source map leads to. The maps of a program contain their sources, since these are in several packages. */
function sourcesOf(map: string): readonly string[] {
  const { sources, sourcesContent = [] } = JSON.parse(readFileSync(map, 'utf8')) as {
    readonly sources: readonly string[]
    readonly sourcesContent?: readonly (string | null)[]
  }
  return sources.filter((_, index) => typeof sourcesContent[index] !== 'string')
}

describe.each(publicPackages)('$name, packed', ({ name, shortName, manifest }) => {
  const untyped = Object.keys(manifest.exports ?? {}).filter((entry) => entry.endsWith('.graphql'))

  it('is well formed', async () => {
    const bytes = await readFile(world.consumer.tarballs.get(name) ?? '')
    const { messages } = await publint({ pack: { tarball: Uint8Array.from(bytes).buffer }, strict: true })
    expect(messages).toEqual([])
  })

  it('has types that every way of importing it finds', async () => {
    const tarball = world.consumer.tarballs.get(name) ?? ''
    const args = [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii']
    if (untyped.length > 0) args.push('--exclude-entrypoints', ...untyped)
    await expect(run(tool('attw'), args, { cwd: root })).resolves.toContain(name)
  })

  it('asks for released versions of its siblings', () => {
    const installed = readManifest(join(world.consumer.folder, 'node_modules', name))
    const siblings = publicPackages.filter((other) => runtimeDependencies(installed).includes(other.name))
    expect(JSON.stringify(installed)).not.toContain('workspace:')
    expect(siblings.map((other) => installed.dependencies?.[other.name])).toEqual(
      siblings.map((other) => `^${other.manifest.version}`),
    )
  })

  it('ships the sources that its source maps lead to', () => {
    const folder = join(world.consumer.folder, 'node_modules', name)
    const maps = globSync('dist/**/*.map', { cwd: folder })
    const sources = maps.flatMap((map) =>
      sourcesOf(join(folder, map)).map((source) => join(folder, dirname(map), source)),
    )
    expect(sources).not.toEqual([])
    expect(sources.filter((source) => !existsSync(source))).toEqual([])
  })

  it('ships what its README links to', () => {
    const folder = join(world.consumer.folder, 'node_modules', name)
    const targets = linkTargets(readFileSync(join(folder, 'README.md'), 'utf8'))
    const files = targets.filter((target) => !/^(?:#|[a-z][a-z\d+.-]*:)/i.test(target))
    expect(files.filter((target) => !existsSync(join(folder, target.replace(/#.*$/, ''))))).toEqual([])
  })

  it('is imported without a word, and exports something', async () => {
    const script = `console.log(Object.keys(await import('${name}')).length)`
    const output = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: world.consumer.folder,
    })
    expect(Number(output.trim())).toBeGreaterThan(0)
  })

  it('does what the example in its README shows', async () => {
    await expectExampleToRun(world, shortName)
  })
})

describe.each(['@waybill/graphql', 'waybill'])('%s, installed', (name) => {
  it('brings the licences of what its program is made of', () => {
    const folder = join(world.consumer.folder, 'node_modules', name, 'dist/program')
    const licenses = readFileSync(join(folder, 'licenses.md'), 'utf8')
    expect(licenses).toMatch(/^## kysely \S+ \(MIT\)$/m)
    // No heading without the text of the licence below it.
    expect(licenses).not.toMatch(/^## \S+ \S+ \(.*\)\s*(?:## \S+ \S+ \(|$(?![^]))/m)
  })

  it('leads from a line of its program to the line of the source', () => {
    const folder = join(world.consumer.folder, 'node_modules', name, 'dist/program')
    const text = 'is not an address of this machine'
    const found = globSync('*.js', { cwd: folder }).flatMap((file) => {
      const line = readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .findIndex((one) => one.includes(text))
      if (line < 0) return []
      const payload = JSON.parse(readFileSync(join(folder, `${file}.map`), 'utf8')) as SourceMapPayload
      const entry = new SourceMap(payload).findEntry(line, 80)
      if (!('originalSource' in entry)) return []
      const source = payload.sourcesContent[payload.sources.indexOf(entry.originalSource)] ?? ''
      return { file: basename(entry.originalSource), line: source.split('\n')[entry.originalLine] }
    })
    expect(found).toEqual([{ file: 'describe-failure.ts', line: expect.stringContaining(text) }])
  })
})

describe('graphql, installed', () => {
  it('brings the page for operations people, with the licences of what is in it', () => {
    const folder = join(world.consumer.folder, 'node_modules/@waybill/graphql/dist/page')
    const page = readFileSync(join(folder, 'index.html'), 'utf8')
    const files = [...page.matchAll(/(?:src|href)="\.\/(page\/[^"]+)"/g)].map(([, file = '']) => file)
    expect(files).not.toEqual([])
    expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([])
    expect(readFileSync(join(folder, 'licenses.md'), 'utf8')).toContain('preact')
  })
})

describe('core, installed', () => {
  it('brings nothing with it', () => {
    const installed = readManifest(join(world.consumer.folder, 'node_modules', '@waybill', 'core'))
    expect(runtimeDependencies(installed)).toEqual([])
  })
})

describe('the root README and the guide to library use', () => {
  it.each([...programs.keys()])('show a program that compiles and runs: %s', async (name) => {
    await expectExampleToRun(world, name)
  })
})
