import { afterEach } from 'vitest'
import type { OctopodsEmulator, WacrEmulator } from '../../src/index.js'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown
}

/** Sends one request without following redirects. */
export async function get(
  url: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<Answer> {
  const response = await fetch(url, { headers, redirect: 'manual', ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}

export function getWacr(emulator: WacrEmulator, path: string, init?: RequestInit): Promise<Answer> {
  return get(emulator.url + path, { authorization: `Bearer ${emulator.settings.token}` }, init)
}

export function getOctopods(emulator: OctopodsEmulator, path: string, init?: RequestInit): Promise<Answer> {
  return get(emulator.url + path, { 'x-octopods-auth': emulator.settings.apiKey }, init)
}

/** Closes what a test has started when the test is over. */
export function closeAfterEach(): <Started extends AsyncDisposable>(
  starting: Promise<Started>,
) => Promise<Started> {
  const started: AsyncDisposable[] = []
  afterEach(async () => {
    for (const emulator of started.splice(0)) await emulator[Symbol.asyncDispose]()
  })
  return async (starting) => {
    const emulator = await starting
    started.push(emulator)
    return emulator
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
