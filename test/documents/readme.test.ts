import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { codeBlocks, section } from '../support/markdown.js'
import { temporaryFolder } from '../support/provider-folder.js'
import { root } from '../support/workspace.js'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** A command, its exit code and what it printed. */
interface Ran {
  readonly command: string
  readonly code: number | null
  readonly output: string
}

function part(heading: string): string {
  return section(readme, heading) ?? ''
}

/** Starts a shell in a folder; it and what it started have ended when the test has. */
function shell(folder: string, command: string, env: Record<string, string> = {}): ChildProcess {
  const child = spawn('bash', ['-c', command], {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.pid === undefined) return
    process.kill(-child.pid, 'SIGTERM')
    await once(child, 'exit')
  })
  return child
}

/** Runs commands in one shell, one after the other, whatever their exit codes. */
async function runLines(folder: string, lines: readonly string[]): Promise<readonly Ran[]> {
  const END = '--end:'
  const child = shell(folder, lines.map((line) => `${line} 2>&1; echo "${END}$?"`).join('\n'))
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  await once(child, 'close')
  const parts = output.split(new RegExp(`${END}(\\d+)\n`))
  return lines.map((command, index) => ({
    command,
    output: parts[2 * index] ?? '',
    code: Number(parts[2 * index + 1]),
  }))
}

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(50)
}

describe('trying sync and export without an account', () => {
  const [start = '', use = ''] = codeBlocks(part('### Try sync and export without an account'), 'sh')
  const [configuration = ''] = codeBlocks(part('### Try sync and export without an account'), 'json')

  it('works with the commands that the README shows', async () => {
    const folder = await temporaryFolder()
    await symlink(join(root, 'packages'), join(folder, 'packages'))
    await writeFile(join(folder, 'try.config.json'), configuration)
    const [build, emulators = ''] = start.trim().split('\n')
    expect(build).toBe('npx -y pnpm@12 build')
    shell(folder, emulators)
    const variables = join(folder, 'emulators.env')
    await waitFor(() => existsSync(variables) && readFileSync(variables, 'utf8').split('\n').length > 4)

    const ran = await runLines(folder, use.trim().split('\n'))
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0, 3])
    const [, , sources, sync, exported] = ran.map(({ output }) => output)
    expect(sources?.match(/answers, credentials accepted/g)).toHaveLength(2)
    expect(sync).toMatch(/^octo: 100 new, .*\nshop: 5,\d{3} new, /)
    expect(exported?.trim().split('\n')).toEqual([
      expect.stringMatching(/^incomplete: octo/),
      expect.stringMatching(/^note: why they failed is not known of \d+ failed messages?\b/),
    ])
    const rows = (await readFile(join(folder, 'failed.csv'), 'utf8')).split('\r\n')
    expect(rows.length).toBeGreaterThan(50)
  })
})

describe('the first query', () => {
  const [query = ''] = codeBlocks(part('## Query it'), 'graphql')
  const [curl = ''] = codeBlocks(part('## Query it'), 'sh')
  const [answer = ''] = codeBlocks(part('## Query it'), 'json')

  it('is the same for GraphiQL and for curl', () => {
    const [, body = ''] = /-d '([\s\S]*)'/.exec(curl) ?? []
    const { query: sent } = JSON.parse(body) as { query: string }
    const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '')
    expect(words(sent)).toEqual(words(query))
  })

  it('is answered by the demo in the form that the README shows', async () => {
    const folder = await temporaryFolder()
    const main = join(root, 'apps/graphql/dist/main.js')
    const server = shell(folder, `exec "${process.execPath}" "${main}" --port 0`)
    const [chunk] = (await once(server.stdout ?? server, 'data')) as [Buffer]
    const url = /http:\S+/.exec(chunk.toString())?.[0] ?? ''
    const ask = async () => {
      const response = await fetch(new URL('/graphql', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
      return (await response.json()) as Answer
    }
    const shown = JSON.parse(answer) as Answer
    await waitFor(async () => completeness(await ask()) === completeness(shown))
    expect(form(await ask())).toEqual(form(shown))
  })
})

interface Answer {
  readonly data: {
    readonly messages: {
      readonly nodes: readonly object[]
      readonly sources: readonly { readonly completeness: string }[]
    }
  }
}

function completeness({ data }: Answer): string {
  return data.messages.sources.map((source) => source.completeness).join()
}

/** An answer without what differs from one run to the next: times, texts, and whether a failure has a reason. */
function form({ data }: Answer): unknown {
  const { nodes, ...rest } = data.messages
  const keys = nodes.map((node) => Object.keys(node))
  return JSON.parse(
    JSON.stringify({ keys, rest })
      .replaceAll(/"[\d-]{10}T[\d:.]+Z"/g, '"time"')
      .replaceAll(/"endCursor":"[^"]+"/g, '"endCursor":""'),
  )
}
