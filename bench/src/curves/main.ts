/**
 * What a page costs as things grow: messages, connections, `first`, sources. Usage: `[--messages 10000,100000,1000000,10000000]
 * [--seconds 5]`. Writes `curves/*.svg` and `CURVES.md`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareRates } from '../compare/rate.ts'
import { describeMachine } from '../measure/machine.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { archiveConfiguration, fillArchive } from '../stage/archives.ts'
import { Stage } from '../stage/stage.ts'
import { startWaybill } from '../stage/start-waybill.ts'
import { drawCurve, type Point } from './draw-curve.ts'

const FOLDER = new URL('../../curves/', import.meta.url)
const DOCUMENT = new URL('../../CURVES.md', import.meta.url)
const QUERY = `query ($first: Int!) {
  messages(first: $first) { nodes { id upstreamId direction type status text from interactionId sentAt } pageInfo { hasNextPage endCursor } }
}`
const CONNECTIONS = 16
const FIRST = 50
/** Of every archive but those whose size is what grows. */
const MESSAGES = 10_000

/** One caller sends everything, more at a time than one caller may by default. */
const LIMITS = { maxOperationsPerCaller: 256 }

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000,100000,1000000,10000000' },
    seconds: { type: 'string', default: '5' },
  },
})

await using stage = await Stage.open({ connections: CONNECTIONS, rounds: 1, seconds: Number(values.seconds) })
const small = archiveConfiguration(await stage.sqliteArchive(MESSAGES))

interface Curve {
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly points: readonly Point[]
}

async function pointAt(
  x: number,
  configuration: Readonly<Record<string, unknown>>,
  { connections = CONNECTIONS, first = FIRST } = {},
): Promise<Point> {
  await using server = await startWaybill(stage.folder, { ...configuration, server: { limits: LIMITS } })
  const body = { query: QUERY, variables: { first } }
  const [rate] = await compareRates([{ name: String(x), server, path: '/graphql', body }], {
    ...stage.rate,
    connections,
  })
  return { x, perSecond: rate?.perSecond ?? Number.NaN, p99Ms: rate?.p99Ms ?? Number.NaN }
}

async function curve(
  labels: Omit<Curve, 'points'>,
  xs: readonly number[],
  measure: (x: number) => Promise<Point>,
): Promise<Curve> {
  const points: Point[] = []
  for (const x of xs) points.push(await measure(x))
  return { ...labels, points }
}

async function manySources(count: number): Promise<Readonly<Record<string, unknown>>> {
  const ids = Array.from({ length: count }, (_, index) => `shop-${index}`)
  const url = `sqlite:${join(stage.folder, `sources-${count}.db`)}`
  for (const id of ids) await fillArchive(url, Math.round(MESSAGES / count), id)
  return archiveConfiguration(url, ids)
}

const curves = [
  await curve(
    { name: 'messages', title: 'By messages in the archive', unit: 'messages' },
    values.messages.split(',').map(Number),
    async (x) => pointAt(x, archiveConfiguration(await stage.sqliteArchive(x, true))),
  ),
  await curve(
    { name: 'connections', title: 'By connections at a time', unit: 'connections' },
    [1, 4, 16, 64, 256],
    (x) => pointAt(x, small, { connections: x }),
  ),
  await curve({ name: 'first', title: 'By messages of a page', unit: 'first' }, [1, 10, 50, 100, 500], (x) =>
    pointAt(x, small, { first: x }),
  ),
  await curve(
    { name: 'sources', title: 'By sources that are merged', unit: 'sources' },
    [1, 5, 10, 25, 50],
    async (x) => pointAt(x, await manySources(x)),
  ),
]

await mkdir(FOLDER, { recursive: true })
for (const { name, title, unit, points } of curves)
  await writeFile(new URL(`${name}.svg`, FOLDER), drawCurve(title, unit, points))
await writeFile(DOCUMENT, document())

function document(): string {
  return [
    '# What a page costs as things grow',
    `Written by \`npx -y pnpm@12 --filter @waybill/bench run curves\`: \`messages(first: ${FIRST})\` with nine fields from an archive in SQLite, ${CONNECTIONS} connections that ask the same (equal requests at a time share an answer), unless the curve says otherwise; the archive has ${MESSAGES.toLocaleString('en-US')} messages.`,
    describeMachine(),
    ...curves.map(section),
  ]
    .join('\n\n')
    .concat('\n')
}

function section({ name, title, unit, points }: Curve): string {
  const rows = points.map(({ x, perSecond, p99Ms }) => [
    x.toLocaleString('en-US'),
    Math.round(perSecond),
    p99Ms,
  ])
  const table = markdownTable([unit, 'requests/s', 'p99 ms'], rows)
  return `## ${title}\n\n${sentence(unit, points)}\n\n![${title}](curves/${name}.svg)\n\n${table}`
}

/** What becomes of a page from one end of the curve to the other. */
function sentence(unit: string, points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return ''
  return `From ${first.x.toLocaleString('en-US')} to ${last.x.toLocaleString('en-US')} (${unit}), requests/s become ${times(last.perSecond / first.perSecond)} times as many, and p99 becomes ${times(last.p99Ms / Math.max(first.p99Ms, 0.1))} times as long.`
}

function times(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}
