import type { Measure } from '../compare/measure.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import type { Running } from '../stage/running.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const STARTS = 9

export const measure: Measure = {
  title: 'From the start to the first answer',
  about: `A process is started and sent a query as soon as it listens; medians of ${STARTS} starts in turns. Waybill opens a small archive in SQLite; the other one is GraphQL Yoga with one field.`,
  run: async (stage) => {
    const configuration = archiveConfiguration(await stage.sqliteArchive(1000))
    const waybill = (): Promise<number> =>
      firstAnswerMs(
        () => startWaybill(stage.folder, configuration),
        '{ messages(first: 1) { nodes { id } } }',
      )
    // The first start of each reads its files from the disk, and may write caches.
    await yoga()
    await waybill()
    const [other, own]: [number[], number[]] = [[], []]
    for (let start = 0; start < STARTS; start += 1) {
      other.push(await yoga())
      own.push(await waybill())
    }
    const [otherMs, ownMs] = [medianOf(other), medianOf(own)]
    return {
      table: markdownTable(
        ['server', 'ms to the first answer'],
        [
          ['Yoga', otherMs],
          ['Waybill', ownMs],
        ],
      ),
      goals: [
        { what: 'Start to first answer', against: 'Yoga', ratio: ownMs / otherMs, reach: { atMost: 1.5 } },
      ],
    }
  },
}

function yoga(): Promise<number> {
  return firstAnswerMs(() => startRival('yoga.ts', {}), '{ hello }')
}

async function firstAnswerMs(start: () => Promise<Running>, query: string): Promise<number> {
  const begin = performance.now()
  await using server = await start()
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  if (!response.ok) throw new Error(`The first answer is ${response.status}.`)
  await response.text()
  return performance.now() - begin
}
