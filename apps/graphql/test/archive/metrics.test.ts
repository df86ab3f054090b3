import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { trackedFiles } from '../../../../test/support/tracked-files.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'

test('every metric that alerts, the board and the documents name is served, with a line of help', async () => {
  const server = await serve(await startUpstreams(), { archive: await emptyArchive(createSqlitePlace) })
  const { text } = await server.get('/metrics')
  const served = new Set([...text.matchAll(/^# HELP (waybill_\w+) \S/gm)].map(([, name]) => name))
  const files = trackedFiles(
    /^deploy\/(?:alerts\.yaml|grafana\.json)$|^docs\/(?:operations|guides\/\w+)\.md$/,
  )
  const named = files.flatMap(
    ({ text: content }) => content.match(/\bwaybill_(?!queue|sources\b)[a-z_]+\b/g) ?? [],
  )
  expect(named.length).toBeGreaterThan(50)
  const missing = named.filter((name) => !served.has(name.replace(/_(?:bucket|count|sum)$/, '')))
  expect(missing).toEqual([])
})
