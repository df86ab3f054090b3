import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/** Keeps what a client or the operator got to see, for the check that follows the last test. */
export function record(what: string, text: string): void {
  appendFileSync(join(inject('transcripts'), `${process.pid}.txt`), `--- ${what}\n${text}\n`)
}
