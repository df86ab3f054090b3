import { join } from 'node:path'
import type { Measure } from '../compare/measure.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { COUNTED_WAYBILL, countingEnvironment, type Work, workOf } from '../compare/page-work.ts'
import { PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import type { Running } from '../stage/running.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const MESSAGES = 20_000
const REQUEST = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: PAGE_QUERY }),
}

export const measure: Measure = {
  title: 'What one page costs beside time',
  about:
    'The page of fifty from SQLite, one request after the other: the statements that a server runs, the hashes that it computes, and what it allocates on its heap, HTTP included. Counted inside of each server, Waybill module by module and not bundled; [a test](../apps/graphql/test/server/page-cost.test.ts) watches the same counts.',
  run: async (stage) => {
    const url = await stage.sqliteArchive(MESSAGES)
    const [ownFile, otherFile] = [join(stage.folder, 'work-own.json'), join(stage.folder, 'work-other.json')]
    await using waybill = await startWaybill(
      stage.folder,
      archiveConfiguration(url),
      countingEnvironment(ownFile),
      COUNTED_WAYBILL,
    )
    const file = url.replace('sqlite:', '')
    await using byHand = await startRival('by-hand-sqlite.ts', { file }, countingEnvironment(otherFile))
    const other = await workOf(byHand, otherFile, () => ask(byHand, '/'))
    const own = await workOf(waybill, ownFile, () => ask(waybill, '/graphql'))
    return {
      table: markdownTable(
        ['server', 'statements', 'hashes', 'kB allocated'],
        [rowOf('by hand', other), rowOf('Waybill', own)],
      ),
      goals: [
        {
          what: 'Bytes allocated for a page',
          against: 'by hand',
          ratio: own.bytes / other.bytes,
          reach: null,
        },
        {
          what: 'Statements for a page',
          against: 'by hand',
          ratio: own.statements / other.statements,
          reach: null,
        },
        { what: 'Hashes for a page', against: 'none', ratio: own.hashes, reach: null },
      ],
    }
  },
}

async function ask({ url }: Running, path: string): Promise<void> {
  const response = await fetch(`${url}${path}`, REQUEST)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`The answer is ${response.status}.`)
}

function rowOf(name: string, { statements, hashes, bytes }: Work): (string | number)[] {
  return [name, statements, hashes, bytes / 1000]
}
