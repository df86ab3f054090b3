import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { generateWacrRows } from '@waybill/emulators'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSqlitePlace } from '../../../test/support/database-places.js'
import { programEnvironment } from '../../../test/support/program.js'
import { emptyArchive } from './support/archives.js'
import { startUpstreams, type Upstreams } from './support/upstreams.js'
import { MAIN } from './support/waybill-process.js'

const FULL =
  'error: standard output cannot be written: the disk is full. Make room, and run the command again.\n'

/** Every command that prints, and how. */
const COMMANDS = [
  ['--help'],
  ['--version'],
  ['export', '--help'],
  ['sources'],
  ['sources', '--json'],
  ['sync'],
  ['sync', '--json'],
  ['sync', '--watch', '--json'],
  ['export'],
  ['export', '--format', 'csv'],
  ['export', '--output', 'all.csv', '--json'],
  ['serve'],
  ['serve', '--help'],
]

/** Hundreds of pages' worth of text, so that an export does not end before its reader has gone. */
const wacr = { rows: generateWacrRows({ count: 1500, seed: 1 }) }

/** Both upstreams and an empty archive. */
async function startWorld(): Promise<Upstreams> {
  return startUpstreams({ wacr, archive: await emptyArchive(createSqlitePlace) })
}

interface Streams {
  /** A file that standard output goes to; default: a pipe whose reader has gone. */
  readonly stdout?: string
  /** A file that standard error goes to; default: a pipe that is read. */
  readonly stderr?: string
}

/** Runs the command with outputs that fail. */
async function runWith(
  args: readonly string[],
  { cwd }: Upstreams,
  streams: Streams,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const open = (file: string | undefined): number | 'pipe' =>
    file === undefined ? 'pipe' : openSync(file, 'w')
  const [stdout, stderr] = [open(streams.stdout), open(streams.stderr)]
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: programEnvironment(cwd, { PORT: '0' }),
    stdio: ['ignore', stdout, stderr],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for (const file of [stdout, stderr]) if (typeof file === 'number') closeSync(file)
  child.stdout?.destroy()
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stderr: said }
}

describe.each(COMMANDS.map((args) => ({ args, name: args.join(' ') })))('waybill $name', ({ args }) => {
  test('fails with a message when the disk is full', async () => {
    const { code, stderr } = await runWith(args, await startWorld(), { stdout: '/dev/full' })
    expect(code).toBe(1)
    expect(stderr.endsWith(FULL)).toBe(true)
    expect(stderr).not.toMatch(/\n {4}at |abort|cannot start/i)
  })
})

describe.each(COMMANDS.filter(([name]) => name !== 'serve').map((args) => ({ args, name: args.join(' ') })))(
  'waybill $name',
  ({ args }) => {
    test('ends silently when its reader has gone', async () => {
      const { code, stderr } = await runWith(args, await startWorld(), {})
      expect(code).toBe(141)
      expect(stderr).not.toMatch(/error|\n {4}at /)
    })
  },
)

test.each([['sources'], ['export', '--source', 'octo'], ['export', '--filter', 'nonsense']])(
  'an error stream that cannot be written changes no exit code: %s',
  async (...args) => {
    const upstreams = await startUpstreams({ wacr })
    const plain = await runWith(args, upstreams, { stdout: '/dev/null' })
    const silent = await runWith(args, upstreams, { stdout: '/dev/null', stderr: '/dev/full' })
    expect(silent.code).toBe(plain.code)
  },
)
