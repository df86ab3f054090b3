import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { codeBlocks } from '../support/markdown.js'
import { temporaryFolder } from '../support/provider-folder.js'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

const COMMAND = join(root, 'packages/cli/dist/main.js')
const EMULATORS = join(root, 'packages/emulators/dist/main.js')

/** A folder with a configuration for both emulators, and a shell that knows the command `waybill`. */
interface World {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

async function readGuide(name: string): Promise<string> {
  return readFile(join(root, 'docs/guides', name), 'utf8')
}

/** The commands of a guide's shell blocks, without those that only show the form of one. */
function commandsOf(guide: string): string[] {
  return codeBlocks(guide, 'sh')
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.startsWith('waybill '))
}

async function startWorld(): Promise<World> {
  const folder = await temporaryFolder()
  const emulators = spawn(process.execPath, [EMULATORS, '--count', '600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    emulators.kill('SIGTERM')
    await once(emulators, 'exit')
  })
  const variables = await readVariables(emulators)
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/waybill'), `#!/bin/sh\nexec "${process.execPath}" "${COMMAND}" "$@"\n`)
  await chmod(join(folder, 'bin/waybill'), 0o755)
  const source = (id: string, provider: string, credential: object, baseUrl: string): object => ({
    id,
    provider: `@waybill/provider-${provider}`,
    options: { ...credential, baseUrl },
  })
  const sources = [
    source('octo', 'octopods', { apiKey: '${OCTOPODS_API_KEY}' }, '${OCTOPODS_BASE_URL}'),
    source('shop', 'wacr', { token: '${WACR_TOKEN}' }, '${WACR_BASE_URL}'),
  ]
  const configuration = { sources, archive: { url: 'sqlite:./waybill.db' } }
  await writeFile(join(folder, 'waybill.config.json'), JSON.stringify(configuration))
  const PATH = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`
  return { folder, env: { ...variables, PATH } }
}

async function readVariables({ stdout }: ChildProcess): Promise<Record<string, string>> {
  if (stdout === null) throw new Error('The emulators have no standard output')
  const variables: Record<string, string> = {}
  for await (const line of createInterface({ input: stdout })) {
    const [name = '', value = ''] = line.split(/=(.*)/)
    variables[name] = value
    if (name === 'WACR_TOKEN') break
  }
  return variables
}

/** Runs one line in a shell. What goes on is ended after a while, as its reader would do. */
async function runLine(
  line: string,
  { folder, env }: World,
): Promise<{ readonly code: number; readonly output: string }> {
  const command = line.includes('--watch') ? `timeout --preserve-status -s INT 5 ${line}` : line
  const output = await run('sh', ['-c', `${command}; echo "exit:$?"`], { cwd: folder, env })
  const [, text = '', code = ''] = /^([\s\S]*)exit:(\d+)\n$/.exec(output) ?? []
  return { code: Number(code), output: text }
}

describe.each(['cli.md', 'archive.md', 'audit.md'])('the commands of docs/guides/%s', (name) => {
  it('run as they are shown', async () => {
    const world = await startWorld()
    const commands = commandsOf(await readGuide(name))
    expect(commands.length).toBeGreaterThan(2)
    for (const command of commands) {
      const { code } = await runLine(command, world)
      // 3: Octopods lists its newest messages only, so an export is incomplete.
      expect({ command, code: code === 3 ? 0 : code }).toEqual({ command, code: 0 })
    }
  })
})

describe('the guide to the command', () => {
  it('has every flag of every command, and no other', async () => {
    const guide = await readGuide('cli.md')
    const { folder, env } = { folder: await temporaryFolder(), env: {} }
    const shown = new Set([...guide.matchAll(/[`[](--[a-z-]+)/g)].map(([, flag = '']) => flag))
    const known = new Set<string>(['--version'])
    for (const command of ['serve', 'sources', 'sync', 'export', 'count', 'reconcile']) {
      const help = await run(process.execPath, [COMMAND, command, '--help'], { cwd: folder, env })
      for (const [, flag = ''] of help.matchAll(/(?:^|[\s,])(--[a-z-]+)/gm)) known.add(flag)
    }
    expect([...shown].filter((flag) => !known.has(flag))).toEqual([])
    expect([...known].filter((flag) => !shown.has(flag))).toEqual([])
  })
})
