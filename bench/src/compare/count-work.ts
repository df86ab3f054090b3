/**
 * Loaded into a server before its own code (`--import`): counts the statements that it runs in SQLite and the hashes that it
 * computes, and writes what it has counted so far into the file `WAYBILL_BENCH_WORK` at each SIGUSR2.
 */
import crypto from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { getHeapStatistics } from 'node:v8'
import Database from 'better-sqlite3'
import type { Work } from './page-work.ts'

const work = { statements: 0, hashes: 0 }
const file = process.env['WAYBILL_BENCH_WORK'] ?? ''

/** Counts the calls of some methods. */
function count(kind: keyof typeof work, owner: object, names: readonly string[]): void {
  for (const name of names) {
    const original = Reflect.get(owner, name) as (this: unknown, ...given: unknown[]) => unknown
    const counted = function (this: unknown, ...given: unknown[]): unknown {
      work[kind] += 1
      return original.apply(this, given)
    }
    Reflect.set(owner, name, counted)
  }
}

const database = new Database(':memory:')
count('statements', Object.getPrototypeOf(database.prepare('select 1')) as object, [
  'all',
  'get',
  'run',
  'iterate',
])
database.close()
count('hashes', crypto, ['createHash', 'createHmac', 'hash'])
syncBuiltinESMExports()
// The engine has its own, which no method of Node.js shows.
const fromEngine = createRequire(import.meta.resolve('@waybill/engine'))
const { sha256 } = (await import(fromEngine.resolve('@noble/hashes/sha2.js'))) as {
  readonly sha256: { readonly create: () => object }
}
count('hashes', Object.getPrototypeOf(Object.getPrototypeOf(sha256.create())) as object, ['digest'])

process.on('SIGUSR2', () => {
  const { total_allocated_bytes: bytes } = getHeapStatistics() as unknown as {
    readonly total_allocated_bytes: number
  }
  const found: Work = { ...work, bytes }
  writeFileSync(`${file}.part`, JSON.stringify(found))
  renameSync(`${file}.part`, file)
})
