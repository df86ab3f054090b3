import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileModules } from '../support/compile.js'
import { createConsumer } from '../support/consumer.js'
import { startEmulators } from '../support/emulators.js'
import { type ExampleWorld, expectExampleToRun, packageExamples } from '../support/examples.js'
import { run } from '../support/run.js'
import { publicPackages } from '../support/workspace.js'

/** The oldest version that `engines` allows, and the newest of each line that is supported. */
const VERSIONS = ['22.14.0', '22', '24', '26']

/** `WAYBILL_NODE=24` checks that line alone. */
const { WAYBILL_NODE } = process.env
const checked = VERSIONS.filter(
  (version) => WAYBILL_NODE === undefined || version.split('.')[0] === WAYBILL_NODE,
)

let world: ExampleWorld

beforeAll(async () => {
  const consumer = await createConsumer()
  const compiled = await compileModules(consumer.folder, packageExamples)
  world = { consumer, compiled, emulators: await startEmulators(consumer.folder) }
})

afterAll(async () => {
  await world.emulators[Symbol.asyncDispose]()
  await world.consumer[Symbol.asyncDispose]()
})

/** The path of a Node.js, from the npm package `node`. */
async function installNode(version: string): Promise<string> {
  const folder = join(world.consumer.folder, `node-${version}`)
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  await run('npm', ['install', '--no-audit', '--no-fund', `node@${version}`], { cwd: folder })
  return join(folder, 'node_modules/node/bin/node')
}

describe.each(checked)('Node.js %s', (version) => {
  let node: string

  beforeAll(async () => {
    node = await installNode(version)
  })

  it('is the one that runs', async () => {
    const output = await run(node, ['--version'], { cwd: world.consumer.folder })
    expect(`${output.trim()}.`).toContain(`v${version}.`)
  })

  it.each(publicPackages)('runs the example of $name', async ({ shortName }) => {
    await expectExampleToRun(world, shortName, node)
  })

  it('runs the command', async () => {
    const command = join(world.consumer.folder, 'node_modules/waybill/dist/main.js')
    await expect(run(node, [command, '--help'], { cwd: world.consumer.folder })).resolves.toContain('waybill')
  })
})
