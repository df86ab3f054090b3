import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type PostgresCluster, startPostgres } from '../../../test/support/postgres-cluster.ts'
import { fillArchive, multiplicationFor } from './archives.ts'
import { multiplyPostgres, multiplySqlite } from './multiply-archive.ts'

/** How servers are sent requests. */
export interface RateOptions {
  readonly connections: number
  readonly rounds: number
  /** Length of one round of one server. */
  readonly seconds: number
}

/** What the measures of one run share: data is made when a measure first needs it, and removed in the end. */
export class Stage implements AsyncDisposable {
  readonly rate: RateOptions
  /** For whatever a measure writes. */
  readonly folder: string
  readonly #shared = new Map<string, Promise<string>>()
  #cluster: Promise<PostgresCluster> | undefined

  private constructor(folder: string, rate: RateOptions) {
    this.folder = folder
    this.rate = rate
  }

  static async open(rate: RateOptions): Promise<Stage> {
    return new Stage(await mkdtemp(join(tmpdir(), 'waybill-bench-')), rate)
  }

  /**
   * URL of an archive in SQLite that holds so many messages. Whoever writes to it takes a copy.
   *
   * @param isBare whether lists are all that it is asked for: no originals, no search, no filters
   */
  sqliteArchive(count: number, isBare = false): Promise<string> {
    return this.#once(`sqlite-${count}${isBare ? '-bare' : ''}`, async (name) => {
      const file = join(this.folder, `${name}.db`)
      const multiplication = multiplicationFor(count)
      if (multiplication === null) await fillArchive(`sqlite:${file}`, count)
      else {
        await copyFile(fileOf(await this.sqliteArchive(multiplication.count)), file)
        multiplySqlite(file, multiplication, isBare)
      }
      return `sqlite:${file}`
    })
  }

  /** URL of an archive in PostgreSQL that holds so many messages. */
  postgresArchive(count: number): Promise<string> {
    return this.#once(`postgres-${count}`, async () => {
      const url = await this.emptyPostgres(`archive_${count}`)
      const multiplication = multiplicationFor(count)
      await fillArchive(url, multiplication?.count ?? count)
      if (multiplication !== null) await multiplyPostgres(url, multiplication)
      await runSql(url, 'vacuum analyze')
      return url
    })
  }

  /** URL of a new database in PostgreSQL. */
  async emptyPostgres(name: string): Promise<string> {
    this.#cluster ??= startPostgres()
    const { url } = await this.#cluster
    await runSql(url, `create database ${name}`)
    return url.replace(/[^/]+$/, name)
  }

  /** A copy of an archive in SQLite. */
  async copyOf(url: string, name: string): Promise<string> {
    const folder = join(this.folder, name)
    await mkdir(folder)
    const copy = join(folder, 'copy.db')
    await copyFile(fileOf(url), copy)
    return `sqlite:${copy}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#cluster !== undefined) await (await this.#cluster)[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true })
  }

  #once(name: string, make: (name: string) => Promise<string>): Promise<string> {
    const made = this.#shared.get(name) ?? make(name)
    this.#shared.set(name, made)
    return made
  }
}

function fileOf(url: string): string {
  return url.replace('sqlite:', '')
}

async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
