import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive } from '../support/archives.js'
import { fillArchive } from '../support/fill-archive.js'
import { startUpstreams } from '../support/upstreams.js'
import { runWaybillProcess } from '../support/waybill-process.js'

const COUNT = 60_000
/** Room for the pages that are kept and for garbage, not for all that is exported. */
const HEAP_MIB = 64

test('an export of more than its memory could hold is completed', async () => {
  const archive = await emptyArchive(createSqlitePlace)
  await fillArchive(archive, COUNT)
  const { cwd } = await startUpstreams({ archive, section: { sync: { maxStalenessSeconds: 3600 } } })
  const fields = ['--fields', 'source,upstreamId,whatsappId,sentAt,text,to,statusHistory,raw']
  const { code, stdout, stderr } = await runWaybillProcess(
    ['export', '--source', 'shop', ...fields, '--output', 'all.ndjson', '--json'],
    { cwd, env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}` } },
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ messages: COUNT, complete: true })
})
