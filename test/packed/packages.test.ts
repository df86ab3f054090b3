import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../support/compile.js'
import { type Consumer, createConsumer } from '../support/consumer.js'
import { type RunningEmulators, startEmulators } from '../support/emulators.js'
import { codeBlocks, section } from '../support/markdown.js'
import { run, tool } from '../support/run.js'
import { publicPackages, readManifest, root, runtimeDependencies } from '../support/workspace.js'

let consumer: Consumer
let emulators: Promise<RunningEmulators> | undefined

beforeAll(async () => {
  consumer = await createConsumer()
})

afterAll(async () => {
  await (await emulators)?.[Symbol.asyncDispose]()
  await consumer[Symbol.asyncDispose]()
})

/** Compiles a module as a user would, and runs it with both upstreams at hand. */
async function runModule(name: string, code: string): Promise<string> {
  const file = await compile(consumer.folder, name, code)
  emulators ??= startEmulators(consumer.folder)
  return run(process.execPath, [file], { cwd: consumer.folder, env: (await emulators).env })
}

describe.each(publicPackages)('$name, packed', ({ name, shortName, path }) => {
  it('is well formed', async () => {
    const bytes = await readFile(consumer.tarballs.get(name) ?? '')
    const { messages } = await publint({ pack: { tarball: Uint8Array.from(bytes).buffer }, strict: true })
    expect(messages).toEqual([])
  })

  it('has types that every way of importing it finds', async () => {
    const tarball = consumer.tarballs.get(name) ?? ''
    const args = [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii']
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

  it('is imported without a word, and exports something', async () => {
    const script = `console.log(Object.keys(await import('${name}')).length)`
    const output = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: consumer.folder,
    })
    expect(Number(output.trim())).toBeGreaterThan(0)
  })

  it('does what the example in its README shows', async () => {
    const readme = await readFile(join(path, 'README.md'), 'utf8')
    const [code = ''] = codeBlocks(section(readme, '## Example') ?? '', 'ts')
    const output = await runModule(shortName, code)
    expect(output.trim()).not.toBe('')
    expect(output).not.toContain('s3cret')
  })
})

describe('core, installed', () => {
  it('brings nothing with it', () => {
    const installed = readManifest(join(consumer.folder, 'node_modules', '@waybill', 'core'))
    expect(runtimeDependencies(installed)).toEqual([])
  })
})

describe('the root README', () => {
  it('shows modules that compile and run', async () => {
    const blocks = codeBlocks(await readFile(join(root, 'README.md'), 'utf8'), 'ts')
    for (const [index, code] of blocks.entries()) {
      const output = await runModule(`readme-${index}`, code)
      expect(output.trim()).not.toBe('')
      expect(output).not.toContain('s3cret')
    }
  })
})
