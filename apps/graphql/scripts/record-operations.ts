import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Keeps the operations that tests sent for the test that answers each of them in two ways. Run the tests with `WAYBILL_RECORD=FILE`,
 * then `node scripts/record-operations.ts FILE`.
 */
const TARGET = new URL('../test/server/support/recorded-operations.json', import.meta.url)
/** What one test repeats with other numbers is kept a few times. */
const MOST_OF_ONE_TEXT = 3
const LONGEST = 5000

const kept = new Set<string>()
const ofText = new Map<string, number>()
for (const line of readFileSync(process.argv[2] ?? '', 'utf8').split('\n')) {
  const operation = read(line)
  if (operation === null || line.length > LONGEST) continue
  const known = ofText.get(operation.query) ?? 0
  ofText.set(operation.query, known + 1)
  if (known < MOST_OF_ONE_TEXT) kept.add(JSON.stringify(operation))
}
writeFileSync(TARGET, `[\n${[...kept].toSorted().join(',\n')}\n]\n`)

/** Null for what is no plain request. */
function read(line: string): { readonly query: string; readonly variables?: object } | null {
  try {
    const { query, variables } = JSON.parse(line) as {
      readonly query?: unknown
      readonly variables?: unknown
    }
    if (typeof query !== 'string') return null
    return typeof variables === 'object' && variables !== null ? { query, variables } : { query }
  } catch {
    return null
  }
}
