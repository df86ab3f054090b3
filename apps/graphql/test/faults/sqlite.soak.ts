import { execFile } from 'node:child_process'
import { copyFile, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { generateWacrRows, plainWacrRow, startWacrEmulator, type WacrEmulator } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { PATIENCE } from '../archive/support/wait.js'
import { readyUrl, spawnWaybill, type WaybillProcess } from '../main/waybill-process.js'
import { clientOf } from '../server/support/harness.js'

const run = promisify(execFile)

interface Running {
  readonly waybill: WaybillProcess
  /** How many messages the archive lists, or the code of the error. */
  readonly total: () => Promise<unknown>
  readonly get: ReturnType<typeof clientOf>['get']
  readonly ask: ReturnType<typeof clientOf>['ask']
}

/** Serves an emulator from an archive `archive.db` in a folder, as a process of its own. */
async function serve(
  folder: string,
  wacr: Pick<WacrEmulator, 'url'>,
  node: readonly [string, ...string[]] = [process.execPath],
): Promise<Running> {
  const configuration = {
    server: { port: 0 },
    sources: [
      {
        id: 'shop',
        provider: '@waybill/provider-wacr',
        options: { token: 'wacr-s3cret', baseUrl: wacr.url },
        limits: { retries: 0 },
        sync: { minPollSeconds: 0.2, maxPollSeconds: 0.5, maxStalenessSeconds: 5 },
      },
    ],
    archive: { url: 'sqlite:disk/archive.db' },
  }
  await writeFile(join(folder, 'waybill.config.json'), JSON.stringify(configuration))
  const waybill = spawnWaybill({ cwd: folder, node, env: { PATH: process.env['PATH'] ?? '' } })
  const { get, ask } = clientOf(new URL(await readyUrl(waybill)).origin)
  const total = async (): Promise<unknown> => {
    const { data, errors } = await ask('{ messages(first: 1) { totalCount } }')
    const [failure] = errors
    if (failure !== undefined) return failure.extensions['code']
    return (data as { readonly messages: { readonly totalCount: number } }).messages.totalCount
  }
  return { waybill, total, get, ask }
}

async function startShop(count: number): Promise<WacrEmulator> {
  const wacr = await startWacrEmulator({ token: 'wacr-s3cret', rows: generateWacrRows({ count, seed: 1 }) })
  onTestFinished(() => wacr.close())
  return wacr
}

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'disk'))
  return folder
}

/** A disk that takes 3 MiB, until it is given more. */
interface SmallDisk {
  readonly name: string
  /** Starts Node.js where `$TMPDIR/disk` is on it. */
  readonly node: readonly [string, ...string[]]
  /** What the log has when nothing fits any more. */
  readonly seen: RegExp
  readonly giveMore: (waybill: WaybillProcess, folder: string) => Promise<unknown>
}

const isRoot = process.getuid?.() === 0
const OWN_MOUNTS = isRoot ? ['-m'] : ['-r', '-m']

/** A file system of the process's own, which ends with it. */
const FILE_SYSTEM: SmallDisk = {
  name: 'a full disk',
  node: [
    'unshare',
    ...OWN_MOUNTS,
    'sh',
    '-c',
    'mount -t tmpfs -o size=3m tmpfs "$TMPDIR/disk" && exec "$0" "$@"',
    process.execPath,
  ],
  seen: /\(SQLITE_FULL\)\. The disk of the database is full: free some space\./,
  giveMore: (waybill, folder) => {
    const target = ['-t', String(waybill.pid), ...(isRoot ? ['-m'] : ['-U', '-m'])]
    return run('nsenter', [...target, 'mount', '-o', 'remount,size=64m', join(folder, 'disk')])
  },
}

/** What any user can have: no file may grow beyond it, as under a quota. */
const FILE_LIMIT: SmallDisk = {
  name: 'a file that may not grow',
  node: ['prlimit', `--fsize=${3 * 1_048_576}:unlimited`, process.execPath],
  seen: /\(SQLITE_IOERR_WRITE\)\. The disk of the database fails, or a quota or a limit/,
  giveMore: (waybill) => run('prlimit', ['--pid', String(waybill.pid), '--fsize=unlimited:unlimited']),
}

const mayMount = await run('unshare', [...OWN_MOUNTS, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).then(
  () => true,
  () => false,
)

test.each(mayMount ? [FILE_LIMIT, FILE_SYSTEM] : [FILE_LIMIT])(
  '$name stops the sync and nothing else, and the sync goes on when there is space',
  async ({ node, seen, giveMore }) => {
    const folder = await newFolder()
    const wacr = await startShop(4000)
    const { waybill, total, get } = await serve(folder, wacr, node)
    await waybill.seen('stderr', seen)
    const stored = Number(await total())
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(4000)
    expect((await get('/readyz')).status).toBe(200)
    await giveMore(waybill, folder)
    await expect.poll(total, PATIENCE).toBe(4000)
  },
)

test('a file that another program keeps locked is read all the same, and nobody has to wait', async () => {
  const folder = await newFolder()
  const wacr = await startShop(10)
  const { waybill, total, get } = await serve(folder, wacr)
  await expect.poll(total, PATIENCE).toBe(10)
  const other = new DatabaseSync(join(folder, 'disk', 'archive.db'))
  onTestFinished(() => other.close())
  other.exec('begin immediate')
  wacr.table.insert(plainWacrRow(wacr.table.nextId(), { createdAt: Date.now() }))
  const [slowest] = await Promise.all([
    slowestOf(get),
    waybill.seen('stderr', /\(SQLITE_BUSY\)\. Another program has locked/),
  ])
  expect(slowest).toBeLessThan(2500)
  expect(await total()).toBe(10)
  other.exec('rollback')
  await expect.poll(total, PATIENCE).toBe(11)
})

/** The longest that a request without a database took, among many that follow each other for six seconds. */
async function slowestOf(get: Running['get']): Promise<number> {
  const begun = performance.now()
  let slowest = 0
  while (performance.now() - begun < 6000) {
    const asked = performance.now()
    await get('/healthz')
    slowest = Math.max(slowest, performance.now() - asked)
  }
  return slowest
}

test('a backup that was made while the server ran takes the place of a damaged file, and the sync fills up what is missing', async () => {
  const folder = await newFolder()
  const file = join(folder, 'disk', 'archive.db')
  const backup = join(folder, 'backup.db')
  const wacr = await startShop(300)
  const first = await serve(folder, wacr)
  await expect.poll(first.total, PATIENCE).toBe(300)
  const other = new DatabaseSync(file)
  other.exec(`vacuum into '${backup}'`)
  other.close()
  for (let row = 0; row < 5; row += 1)
    wacr.table.insert(plainWacrRow(wacr.table.nextId(), { createdAt: Date.now() }))
  await expect.poll(first.total, PATIENCE).toBe(305)
  first.waybill.signal('SIGTERM')
  expect(await first.waybill.exited).toBe(0)

  const handle = await open(file, 'r+')
  const { size } = await handle.stat()
  await handle.write(Buffer.alloc(size - 100, 0xff), 0, size - 100, 100)
  await handle.close()
  const damaged = spawnWaybill({ cwd: folder })
  expect(await damaged.exited).toBe(1)
  expect(damaged.output.stderr).toMatch(
    /\(SQLITE_\w+\)\. The file (?:of the database is damaged: put a backup in its place|in archive\.url is not)/,
  )

  for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true })
  await copyFile(backup, file)
  const second = await serve(folder, wacr)
  expect(await second.total()).toBeGreaterThanOrEqual(300)
  await expect.poll(second.total, PATIENCE).toBe(305)
  const { data } = await second.ask('{ sources { archive { gaps { from } lastError { code } } } }')
  expect(data).toEqual({ sources: [{ archive: { gaps: [], lastError: null } }] })
})
