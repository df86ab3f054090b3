import { existsSync, globSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CompiledModules, compileModules } from '../support/compile.js'
import { type Consumer, createConsumer } from '../support/consumer.js'
import { type RunningEmulators, startEmulators } from '../support/emulators.js'
import { codeBlocks, linkTargets, section } from '../support/markdown.js'
import { run, tool } from '../support/run.js'
import { publicPackages, readManifest, root, runtimeDependencies } from '../support/workspace.js'

let consumer: Consumer
let compiled: CompiledModules
let emulators: RunningEmulators

const rootExamples = new Map(
  codeBlocks(read(root, 'README.md'), 'ts').map((code, index) => [`readme-${index + 1}`, code]),
)
const packageExamples = new Map(publicPackages.map(({ shortName, path }) => [shortName, exampleOf(path)]))

beforeAll(async () => {
  consumer = await createConsumer()
  compiled = await compileModules(consumer.folder, new Map([...rootExamples, ...packageExamples]))
  emulators = await startEmulators(consumer.folder)
})

afterAll(async () => {
  await emulators[Symbol.asyncDispose]()
  await consumer[Symbol.asyncDispose]()
})

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

function exampleOf(path: string): string {
  return codeBlocks(section(read(path, 'README.md'), '## Example') ?? '', 'ts')[0] ?? ''
}

/** Runs a compiled module as a user would, with both upstreams at hand. */
async function expectToRun(name: string): Promise<void> {
  const output = await run(process.execPath, [compiled.path(name)], {
    cwd: consumer.folder,
    env: emulators.env,
  })
  expect(output.trim()).not.toBe('')
  expect(output).not.toContain('s3cret')
}

function sourcesOf(map: string): readonly string[] {
  return (JSON.parse(readFileSync(map, 'utf8')) as { sources: readonly string[] }).sources
}

describe.each(publicPackages)('$name, packed', ({ name, shortName, manifest }) => {
  const untyped = Object.keys(manifest.exports ?? {}).filter((entry) => entry.endsWith('.graphql'))

  it('is well formed', async () => {
    const bytes = await readFile(consumer.tarballs.get(name) ?? '')
    const { messages } = await publint({ pack: { tarball: Uint8Array.from(bytes).buffer }, strict: true })
    expect(messages).toEqual([])
  })

  it('has types that every way of importing it finds', async () => {
    const tarball = consumer.tarballs.get(name) ?? ''
    const args = [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii']
    if (untyped.length > 0) args.push('--exclude-entrypoints', ...untyped)
    await expect(run(tool('attw'), args, { cwd: root })).resolves.toContain(name)
  })

  it('asks for released versions of its siblings', () => {
    const installed = readManifest(join(consumer.folder, 'node_modules', name))
    const siblings = publicPackages.filter((other) => runtimeDependencies(installed).includes(other.name))
    expect(JSON.stringify(installed)).not.toContain('workspace:')
    expect(siblings.map((other) => installed.dependencies?.[other.name])).toEqual(
      siblings.map((other) => `^${other.manifest.version}`),
    )
  })

  it('ships the sources that its source maps lead to', () => {
    const folder = join(consumer.folder, 'node_modules', name)
    const maps = globSync('dist/**/*.map', { cwd: folder })
    const sources = maps.flatMap((map) =>
      sourcesOf(join(folder, map)).map((source) => join(folder, dirname(map), source)),
    )
    expect(sources).not.toEqual([])
    expect(sources.filter((source) => !existsSync(source))).toEqual([])
  })

  it('ships what its README links to', () => {
    const folder = join(consumer.folder, 'node_modules', name)
    const targets = linkTargets(read(folder, 'README.md'))
    const files = targets.filter((target) => !/^(?:#|[a-z][a-z\d+.-]*:)/i.test(target))
    expect(files.filter((target) => !existsSync(join(folder, target.replace(/#.*$/, ''))))).toEqual([])
  })

  it('is imported without a word, and exports something', async () => {
    const script = `console.log(Object.keys(await import('${name}')).length)`
    const output = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: consumer.folder,
    })
    expect(Number(output.trim())).toBeGreaterThan(0)
  })

  it('does what the example in its README shows', async () => {
    await expectToRun(shortName)
  })
})

describe('core, installed', () => {
  it('brings nothing with it', () => {
    const installed = readManifest(join(consumer.folder, 'node_modules', '@waybill', 'core'))
    expect(runtimeDependencies(installed)).toEqual([])
  })
})

describe('the root README', () => {
  it.each([...rootExamples.keys()])('shows a module that compiles and runs: %s', async (name) => {
    await expectToRun(name)
  })
})
