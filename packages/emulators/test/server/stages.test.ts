import { describe, expect, test } from 'vitest'
import { startOctopodsEmulator, startWacrEmulator } from '../../src/index.js'
import { closeAfterEach, getOctopods, getWacr } from '../support/get.js'
import { octopodsRow, wacrRow, wacrRows } from '../support/rows.js'

const started = closeAfterEach()
const PATH = '/messages?fields=id&per_page=2'

describe('a listener', () => {
  test('before the select changes what is selected, after it no more', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(3), envelope: 'array' }))
    const stop = wacr.onRequest(() => void wacr.table.insert(wacrRow(wacr.table.nextId())))
    expect((await getWacr(wacr, PATH)).json).toStrictEqual([{ id: 4 }, { id: 3 }])
    stop()
    wacr.onSelected(() => void wacr.table.delete(4))
    expect((await getWacr(wacr, PATH)).json).toStrictEqual([{ id: 4 }, { id: 3 }])
    expect((await getWacr(wacr, PATH)).json).toStrictEqual([{ id: 3 }, { id: 2 }])
  })

  test('between the two queries makes the total and the rows disagree', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(3) }))
    wacr.onCounted(async () => {
      await Promise.resolve()
      wacr.table.insert(wacrRow(4))
    })
    expect((await getWacr(wacr, PATH)).json).toMatchObject({
      data: [{ id: 4 }, { id: 3 }],
      meta: { total: 3 },
    })
  })

  test('is not called between them where nothing is counted', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(3), totals: false }))
    let calls = 0
    wacr.onCounted(() => void calls++)
    await getWacr(wacr, PATH)
    expect(calls).toBe(0)
  })

  test('that throws is answered with a 500, not passed over', async () => {
    const wacr = await started(startWacrEmulator())
    wacr.onRequest(() => {
      throw new Error('wrong row')
    })
    expect(await getWacr(wacr, PATH)).toMatchObject({ status: 500, text: 'Emulator: Error: wrong row' })
  })

  test('sees Octopods’ requests as well', async () => {
    const octopods = await started(startOctopodsEmulator())
    octopods.onRequest(() => void octopods.table.insert(octopodsRow(1)))
    octopods.onSelected(() => void octopods.table.delete(1))
    expect((await getOctopods(octopods, '/whatsapp/messages')).json).toHaveLength(1)
    expect(octopods.table.size).toBe(0)
  })
})
