import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

/**
 * What the first view may cost, in bytes of gzipped script. It must never exceed 120,000. Each raise has its reason here:
 * - 75,000: Preact, urql with its normalized cache, the list, a message, the filters (57,000), and room for the counts.
 */
const LIMIT = 75_000

const built = new URL('../../dist/', import.meta.url)

/** The scripts that a page or a script needs before it runs. */
function neededBy(text: string): string[] {
  const named = [
    ...text.matchAll(/<(?:script|link)[^>]*(?:src|href)="\.\/(page\/[^"]+\.js)"/g),
    ...text.matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g),
  ]
  return named.map(([, path = '']) => (path.startsWith('page/') ? path : `page/${path}`))
}

test(`the first view needs at most ${LIMIT} bytes of gzipped script`, () => {
  const needed = new Map<string, number>()
  const waiting = neededBy(readFileSync(new URL('index.html', built), 'utf8'))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (needed.has(path)) continue
    const script = readFileSync(new URL(path, built))
    needed.set(path, gzipSync(script, { level: 9 }).byteLength)
    waiting.push(...neededBy(script.toString()))
  }
  const bytes = [...needed.values()].reduce((sum, size) => sum + size, 0)
  expect(bytes).toBeGreaterThan(10_000)
  expect(bytes).toBeLessThanOrEqual(LIMIT)
})
