import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { changeLists } from '../../../../../test/support/lies.js'
import { startUpstreams } from '../support/upstreams.js'
import { downFrom, readList } from './reading.js'

/** What makes of an item one that cannot be read. */
const BROKEN: readonly (readonly [what: string, change: (item: Record<string, unknown>) => unknown])[] = [
  ['sent_at is null', (item) => ({ ...item, sent_at: null })],
  ['sent_at is no time', (item) => ({ ...item, sent_at: 'yesterday' })],
  ['no sent_at', (item) => ({ ...item, sent_at: undefined })],
  ['id is no id', (item) => ({ ...item, id: { $oid: 'x' } })],
  ['it is null', () => null],
  ['it is a text', () => 'n/a'],
  ['message is an object', (item) => ({ ...item, message: { body: 'x' } })],
]

/** Which rows of a thousand are broken. */
const PLACES: readonly (readonly [where: string, ids: readonly number[]])[] = [
  ['in the middle of a page', [550]],
  ['at both ends of the list', [1000, 1]],
  ['on either side of the end of a page', [901, 900, 899]],
  ['at the end of a page', [902, 901]],
  ['a whole page', downFrom(1000, 901)],
  ['more than a page', downFrom(700, 551)],
  ['the last ones, more than a page', downFrom(150)],
]

describe.each(PLACES)('rows of WA.cr that cannot be read, %s,', (_where, broken) => {
  test.each(BROKEN)('do not stop the others, and are reported: %s', async (_what, change) => {
    const upstreams = await startUpstreams({ wacr: { rows: downFrom(1000).map((id) => plainWacrRow(id)) } })
    changeLists(upstreams.wacr, (list) => ({
      ...list,
      data: list.data.map((item) => (broken.includes(Number(item['id'])) ? change(item) : item)),
    }))
    const { ids, reports, warnings } = await readList(upstreams, { select: 'text' })
    expect(ids).toEqual(downFrom(1000).filter((id) => !broken.includes(id)))
    // Rows of more than a page that are equal in all they are cannot be told apart, nor counted.
    const rejected = warnings.filter(({ code }) => code === 'ROW_REJECTED')
    expect(rejected.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBeGreaterThanOrEqual(
      Math.min(broken.length, 100),
    )
    expect(reports.map(({ completeness }) => completeness)).toContain('UNPROVEN')
    expect(upstreams.wacr.log.length).toBeLessThan(100)
  })
})

test('a list without a single row that can be read is not called empty', async () => {
  const upstreams = await startUpstreams({ wacr: { rows: downFrom(50).map((id) => plainWacrRow(id)) } })
  changeLists(upstreams.wacr, (list) => ({
    ...list,
    data: list.data.map((item) => ({ ...item, sent_at: null })),
  }))
  const { ids, errors, warnings } = await readList(upstreams)
  expect(ids).toEqual([])
  expect(errors).toEqual([])
  expect(warnings).toMatchObject([{ code: 'ROW_REJECTED', count: 50 }])
})

/** PHP's and Octopods' ways of saying "nothing". */
const NOTHING = [[], {}, '', null]

describe('an item of Octopods', () => {
  const rows = downFrom(60).map((id) => plainOctopodsRow(id))

  test.each(NOTHING)('is read where its failure is %j', async (nothing) => {
    const upstreams = await startUpstreams({ octopods: { rows } })
    const patch = {
      message_status: { channel_message_id: 58, message_status: 'SENT', failure_reason: nothing },
    }
    upstreams.octopods.faults.when(() => true, { kind: 'mutateItem', index: 2, patch })
    const { ids, nodes, reports } = await readList(upstreams, {
      source: 'octo',
      select: 'failure { code reason }',
    })
    expect(ids).toEqual(downFrom(60))
    expect(nodes[2]?.['failure']).toBeNull()
    expect(reports).toMatchObject([{ completeness: 'COMPLETE', warnings: [] }])
  })

  test.each([null, 'n/a', {}, { message_status: [] }, { created_at: 'now' }])(
    'that is %j is set aside, and the others come',
    async (value) => {
      const upstreams = await startUpstreams({ octopods: { rows } })
      upstreams.octopods.faults.when(() => true, { kind: 'replaceItem', index: 2, value })
      const { ids, reports, warnings } = await readList(upstreams, { source: 'octo' })
      expect(ids).toEqual(downFrom(60).filter((id) => id !== 58))
      expect(warnings).toMatchObject([{ code: 'ROW_REJECTED', count: 1 }])
      expect(reports[0]?.completeness).toBe('UNPROVEN')
    },
  )
})

test.each(NOTHING)('a field of WA.cr that is %j is read, and so is the row', async (nothing) => {
  const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1)] } })
  const names = ['interaction_id', 'sender_id', 'type', 'message', 'status', 'message_id']
  const patch = Object.fromEntries(names.map((name) => [name, nothing]))
  upstreams.wacr.faults.when(() => true, { kind: 'mutateItem', index: 0, patch })
  const { nodes, reports } = await readList(upstreams, {
    select: 'interactionId from type status whatsappId',
  })
  // The empty text is a word of its own to WA.cr's filters.
  const [type, status] = nothing === '' ? ['OTHER', 'UNKNOWN'] : [null, null]
  expect(nodes).toEqual([
    { upstreamId: '1', interactionId: null, from: null, type, status, whatsappId: null },
  ])
  expect(reports).toMatchObject([{ completeness: 'COMPLETE', warnings: [] }])
})
