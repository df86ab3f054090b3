import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseExactJson } from '@waybill/core'
import { plainWacrRow } from '@waybill/emulators'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { emptyArchive } from '../support/archives.js'
import { startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

/** As an upstream may write it; JavaScript would write every number of it in other digits. */
const JSON_TEXT =
  '{"media_id":12345678901234567890,"large":1e400,"price":1.10,"zero":-0,"text":"Ваш код","__proto__":{"a":1}}'

const rows = [plainWacrRow(1, { extra: { more: parseExactJson(JSON_TEXT) } })]
const EXPORT = ['export', '--source', 'shop', '--fields', 'upstreamId,raw']

describe.each([{ engine: 'no archive', createPlace: null }, ...PLACES])('with $engine', ({ createPlace }) => {
  test('an export has every value as the upstream sent it', async () => {
    const archive = createPlace === null ? undefined : await emptyArchive(createPlace)
    const { cwd } = await startUpstreams({ wacr: { rows }, archive })
    if (archive !== undefined) await runWaybill(['sync'], { cwd })
    const { stdout } = await runWaybill(EXPORT, { cwd })
    expect(stdout).toContain(`"more":${JSON_TEXT}`)
    await runWaybill([...EXPORT, '--output', 'all.csv'], { cwd })
    const csv = await readFile(join(cwd, 'all.csv'), 'utf8')
    const [record] = parse<Record<string, string>>(csv, { columns: true, bom: true })
    expect(record?.['raw']).toContain(`"more":${JSON_TEXT}`)
  })
})
