import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/** Keeps what a client or the operator got to see, for the check that follows the last test. */
export function record(what: string, text: string): void {
  append('txt', what, text)
}

/** The same for what a whole process wrote: it names files to the operator who named them to it. */
export function recordOutput(what: string, text: string): void {
  append('output.txt', what, text)
}

/** `fetch`, with what came back kept. */
export async function recordedFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  const headers = JSON.stringify([...response.headers])
  record(`${response.status} ${String(url)}`, `${headers}\n${await response.clone().text()}`)
  return response
}

function append(extension: string, what: string, text: string): void {
  appendFileSync(join(inject('transcripts'), `${process.pid}.${extension}`), `--- ${what}\n${text}\n`)
}
