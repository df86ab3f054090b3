import crypto from 'node:crypto'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { quickly, startSources } from './support/quick-server.js'

const QUERY =
  '{ messages(first: 50, filter: { source: { eq: "shop" } }) { nodes { id upstreamId direction type status text from interactionId sentAt } pageInfo { hasNextPage endCursor } } }'

/** Counts the calls of a method, until the test ends. */
function countCalls<Name extends string>(
  owner: { [name in Name]: (...args: never[]) => unknown },
  name: Name,
): () => number {
  const original = owner[name]
  let calls = 0
  owner[name] = function counted(this: unknown, ...args: never[]) {
    calls += 1
    return original.apply(this, args)
  }
  onTestFinished(() => {
    owner[name] = original
  })
  return () => calls
}

/** Counts the objects that are made of a class, until the test ends. */
function countMade(name: 'AbortController'): () => number {
  const original = globalThis[name]
  let made = 0
  globalThis[name] = class extends original {
    constructor() {
      super()
      made += 1
    }
  }
  onTestFinished(() => {
    globalThis[name] = original
  })
  return () => made
}

/** Counts the hashes that Node.js and the engine's own library compute, until the test ends. */
async function countHashes(): Promise<() => number> {
  // Once the methods are restored: what was registered first ends last.
  onTestFinished(syncBuiltinESMExports)
  const ofNode = [
    countCalls(crypto, 'createHash'),
    countCalls(crypto, 'createHmac'),
    countCalls(crypto, 'hash'),
  ]
  syncBuiltinESMExports()
  const fromEngine = createRequire(import.meta.resolve('@waybill/engine'))
  const { sha256 } = (await import(fromEngine.resolve('@noble/hashes/sha2.js'))) as {
    readonly sha256: { readonly create: () => object }
  }
  const hash = Object.getPrototypeOf(Object.getPrototypeOf(sha256.create())) as { digest: () => unknown }
  const ofEngine = countCalls(hash, 'digest')
  return () => ofNode.reduce((sum, count) => sum + count(), ofEngine())
}

/** What all statements of SQLite have in common. */
function statements(): Record<'all' | 'get' | 'run' | 'iterate', () => unknown> {
  const memory = new Database(':memory:')
  onTestFinished(() => void memory.close())
  return Object.getPrototypeOf(memory.prepare('select 1')) as ReturnType<typeof statements>
}

/** Allocated on the heap since the process began; null where Node.js does not count it. */
function allocatedBytes(): number | null {
  const { total_allocated_bytes: bytes } = getHeapStatistics() as { readonly total_allocated_bytes?: number }
  return bytes ?? null
}

it('a page of an archive costs one statement, one parsed text a message, three hashes, and few signals', async () => {
  const sources = await startSources(60)
  onTestFinished(() => sources[Symbol.asyncDispose]())
  const ask = quickly(sources)
  // The first answer finds out how old the archive is, and compiles document and statement.
  await ask({ query: QUERY })
  const statement = statements()
  const counts = {
    all: countCalls(statement, 'all'),
    get: countCalls(statement, 'get'),
    run: countCalls(statement, 'run'),
    iterate: countCalls(statement, 'iterate'),
    parsed: countCalls(JSON, 'parse'),
    written: countCalls(JSON, 'stringify'),
    signals: countMade('AbortController'),
    joined: countCalls(AbortSignal, 'any'),
  }
  const hashes = await countHashes()
  const { text } = await ask({ query: QUERY })
  // What names the document, and the checksums of both cursors.
  expect(hashes()).toBeLessThanOrEqual(3)
  const found = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count()]))
  expect(JSON.parse(text ?? 'null')).toMatchObject({
    data: { messages: { pageInfo: { hasNextPage: true } } },
  })
  const { parsed, written, signals, ...read } = found
  expect(read).toEqual({ all: 1, get: 0, run: 0, iterate: 0, joined: 0 })
  // The request, and the fifty messages; the test runner may read one text of its own meanwhile.
  expect(parsed).toBeLessThanOrEqual(52)
  // What names the page and the statement, both cursors, the answer: nothing for each message.
  expect(written).toBeLessThanOrEqual(16)
  // The test's own, and those of the operation, the page and the statement.
  expect(signals).toBeLessThanOrEqual(4)
})

it('what some messages lack costs a statement of its own only where it is reported', async () => {
  const sources = await startSources(60)
  onTestFinished(() => sources[Symbol.asyncDispose]())
  const ask = quickly(sources)
  const page = (selection: string): { query: string } => ({
    query: `{ messages(filter: { source: { eq: "shop" }, contact: { eq: "+14155551001" } }) { nodes { id } ${selection} } }`,
  })
  await ask(page(''))
  const read = countCalls(statements(), 'all')
  await ask(page(''))
  expect(read()).toBe(1)
  const { text } = await ask(page('sources { warnings { code } }'))
  expect(read()).toBeGreaterThan(2)
  expect(JSON.parse(text ?? 'null')).toMatchObject({
    data: { messages: { nodes: [{}] } },
  })
})

it('a page of fifty messages allocates less than a megabyte', async () => {
  const sources = await startSources(60)
  onTestFinished(() => sources[Symbol.asyncDispose]())
  const ask = quickly(sources)
  const pages = 40
  // What is compiled meanwhile is counted as well.
  for (let page = 0; page < pages; page += 1) await ask({ query: QUERY })
  const before = allocatedBytes()
  for (let page = 0; page < pages; page += 1) await ask({ query: QUERY })
  const after = allocatedBytes()
  expect(((after ?? 0) - (before ?? 0)) / pages).toBeLessThan(1_000_000)
})

/** Bytes in the part of the heap that only a full garbage collection frees. */
function oldBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0
}

it('a page is garbage before it gets old, so that no full garbage collection has to free it', async () => {
  const sources = await startSources(60)
  onTestFinished(() => sources[Symbol.asyncDispose]())
  const ask = quickly(sources)
  const pages = 300
  // What is kept of a page by mistake is its fifty messages, of about a kilobyte each. It is kept in each round, while
  // compiled code, and what other tests left young, gets old once.
  const most = 12_000
  let least = Infinity
  for (let round = 0; round < 20 && least >= most; round += 1) {
    const before = oldBytes()
    for (let page = 0; page < pages; page += 1) await ask({ query: QUERY })
    least = Math.min(least, (oldBytes() - before) / pages)
  }
  expect(least).toBeLessThan(most)
})
