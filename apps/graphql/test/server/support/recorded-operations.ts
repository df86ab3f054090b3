import { appendFileSync, readFileSync } from 'node:fs'

/** The body of a GraphQL request. */
export interface RecordedOperation {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

const FILE = new URL('recorded-operations.json', import.meta.url)
/** A file that gets each operation which a test sends, one in a line. */
const TARGET = process.env['WAYBILL_RECORD']

/** Writes down what is sent, where that is asked for. */
export function recordOperation(path: string, init: RequestInit | undefined): void {
  if (TARGET !== undefined && path === '/graphql' && typeof init?.body === 'string')
    appendFileSync(TARGET, `${init.body.replaceAll('\n', ' ')}\n`)
}

/** The operations that the tests send, each once. `scripts/record-operations.ts` writes them. */
export function recordedOperations(): readonly RecordedOperation[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as readonly RecordedOperation[]
}
