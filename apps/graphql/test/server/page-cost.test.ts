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

it('a page of an archive costs one statement, one parsed text a message, and few signals', async () => {
  const sources = await startSources(60)
  onTestFinished(() => sources[Symbol.asyncDispose]())
  const ask = quickly(sources)
  // The first answer finds out how old the archive is, and compiles document and statement.
  await ask({ query: QUERY })
  const memory = new Database(':memory:')
  onTestFinished(() => void memory.close())
  const statement = Object.getPrototypeOf(memory.prepare('select 1')) as Record<
    'all' | 'get' | 'run' | 'iterate',
    () => unknown
  >
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
  const { text } = await ask({ query: QUERY })
  const found = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count()]))
  expect(JSON.parse(text ?? 'null')).toMatchObject({
    data: { messages: { pageInfo: { hasNextPage: true } } },
  })
  const { parsed, written, signals, ...statements } = found
  expect(statements).toEqual({ all: 1, get: 0, run: 0, iterate: 0, joined: 0 })
  // The request, and the fifty messages; the test runner may read one text of its own meanwhile.
  expect(parsed).toBeLessThanOrEqual(52)
  // What names the page and the statement, the cursor, the answer: nothing for each message.
  expect(written).toBeLessThanOrEqual(15)
  // The test's own, and those of the operation, the page and the statement.
  expect(signals).toBeLessThanOrEqual(4)
})
