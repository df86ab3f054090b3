import { readFileSync } from 'node:fs'
import { load } from '../../rivals/load.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import type { Running } from '../stage/running.ts'
import type { RateOptions } from '../stage/stage.ts'

/** A server, and the request that it is sent again and again. */
export interface Contestant {
  readonly name: string
  readonly server: Running
  readonly path: string
  /** Sent as JSON by POST; without one the request is a GET. */
  readonly body?: unknown
  /** The body that one of the connections sends, counted from 0, in place of `body`. */
  readonly bodyOf?: (connection: number) => unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** How fast a server answered: medians over the rounds. */
export interface Rate {
  readonly name: string
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time of the server's process for one request, in milliseconds. */
  readonly cpuMs: number
  readonly bytes: number
}

const WARM_UP_SECONDS = 3

/**
 * Sends each server as many requests as it answers, one server at a time, in turns: what else the machine does meets them all.
 *
 * @throws Error when a server answers anything else than 200, or with GraphQL errors
 */
export async function compareRates(
  contestants: readonly Contestant[],
  { connections, rounds, seconds }: RateOptions,
): Promise<Rate[]> {
  const sizes = new Map<Contestant, number>()
  for (const each of contestants) {
    sizes.set(each, await expectAnswer(each))
    await send(each, { connections, duration: WARM_UP_SECONDS })
  }
  const found = new Map<Contestant, RoundFigures[]>(contestants.map((each) => [each, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [each, figures] of found) figures.push(await send(each, { connections, duration: seconds }))
  }
  return [...found].map(([each, figures]) => {
    const median = (key: keyof RoundFigures): number => medianOf(figures.map((one) => one[key]))
    return {
      name: each.name,
      perSecond: median('perSecond'),
      p50Ms: median('p50Ms'),
      p99Ms: median('p99Ms'),
      cpuMs: median('cpuMs'),
      bytes: sizes.get(each) ?? 0,
    }
  })
}

/** How much faster the first named server answered than the second. */
export function ratioOf(rates: readonly Rate[], one: string, other: string): number {
  const of = (name: string): number => rates.find((rate) => rate.name === name)?.perSecond ?? Number.NaN
  return of(one) / of(other)
}

/** The rates in Markdown, beside the first of them. */
export function rateTable(rates: readonly Rate[]): string {
  const first = rates[0]?.perSecond ?? Number.NaN
  const head = ['server', 'requests/s', 'of the first', 'p50 ms', 'p99 ms', 'processor ms', 'bytes']
  return markdownTable(
    head,
    rates.map(({ name, perSecond, p50Ms, p99Ms, cpuMs, bytes }) => [
      name,
      Math.round(perSecond),
      perSecond / first,
      p50Ms,
      p99Ms,
      cpuMs,
      bytes,
    ]),
  )
}

type RoundFigures = Pick<Rate, 'perSecond' | 'p50Ms' | 'p99Ms' | 'cpuMs'>

interface Load {
  readonly connections: number
  /** In seconds. */
  readonly duration: number
}

/** Of autocannon, what is used here. */
interface LoadResult {
  readonly requests: { readonly total: number }
  readonly latency: { readonly p50: number; readonly p99: number }
  /** In seconds. */
  readonly duration: number
  readonly errors: number
  readonly non2xx: number
}

async function send(contestant: Contestant, options: Load): Promise<RoundFigures> {
  const { default: autocannon } = (await load('autocannon')) as {
    readonly default: (options: object) => Promise<LoadResult>
  }
  const { server } = contestant
  const before = processorMs(server.pid)
  const { method, headers, body } = requestOf(contestant)
  const { bodyOf } = contestant
  let connection = 0
  const setupClient =
    bodyOf &&
    ((client: { setBody(text: string): void }) => client.setBody(JSON.stringify(bodyOf(connection++))))
  const result = await autocannon({
    url: addressOf(contestant),
    method,
    headers,
    body,
    ...(setupClient && { setupClient }),
    ...options,
  })
  const { requests, latency, duration, errors, non2xx } = result
  if (errors + non2xx > 0) {
    throw new Error(`${contestant.name}: ${errors} requests failed, ${non2xx} were not answered with 200.`)
  }
  return {
    perSecond: requests.total / duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    cpuMs: (processorMs(server.pid) - before) / requests.total,
  }
}

async function expectAnswer(contestant: Contestant): Promise<number> {
  const response = await fetch(addressOf(contestant), requestOf(contestant))
  const text = await response.text()
  if (response.status !== 200 || text.startsWith('{"errors"')) {
    throw new Error(`${contestant.name} answers ${response.status}: ${text.slice(0, 500)}`)
  }
  return Buffer.byteLength(text)
}

function addressOf({ server, path }: Contestant): string {
  return `${server.url}${path}`
}

function requestOf({ body, headers }: Contestant): {
  readonly method: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly body?: string
} {
  if (body === undefined) return { method: 'GET', headers: { ...headers } }
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

/** A tick of the kernel's counters. */
const TICK_MS = 10

/** Processor time that a process has used, all its threads together; 0 where the system does not show it. */
function processorMs(pid: number): number {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
    return (user + system) * TICK_MS
  } catch {
    return 0
  }
}
