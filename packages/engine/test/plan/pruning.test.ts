import type { FilterClause, MessageFilter } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type SourceReport } from '../../src/index.js'
import { sentAt, where } from '../support/clauses.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { reportOf } from '../support/requests.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

const BOTH = ['octo', 'shop']

const CASES: readonly [clauses: string, filter: readonly FilterClause[], pruned: readonly string[]][] = [
  ['a contradiction', [where('status', 'eq', 'SENT'), where('status', 'eq', 'READ')], BOTH],
  ['a value both asked for and ruled out', [where('to', 'eq', 'x'), where('to', 'ne', 'x')], BOTH],
  ['beginnings of no one number', [where('to', 'startsWith', '+1'), where('to', 'startsWith', '+49')], BOTH],
  [
    'a value that begins otherwise',
    [where('to', 'eq', '+14155552671'), where('to', 'startsWith', '+49')],
    BOTH,
  ],
  ['a beginning that no status has', [where('status', 'startsWith', 'X')], BOTH],
  ['a beginning that one source has', [where('source', 'startsWith', 'oc')], ['shop']],
  ['an empty list', [where('status', 'in')], BOTH],
  ['an empty list of numbers', [where('phone', 'in')], BOTH],
  ['an empty list of sources', [where('source', 'in')], BOTH],
  ['a time span without times', [sentAt('gt', BEGIN), sentAt('lt', BEGIN)], BOTH],
  ['a time span of no millisecond', [sentAt('gt', BEGIN), sentAt('lt', BEGIN + 1)], BOTH],
  ['from after to', [sentAt('gte', BEGIN + 1), sentAt('lte', BEGIN)], BOTH],
  ['another source', [where('source', 'eq', 'octo')], ['shop']],
  ['every source but one', [where('source', 'ne', 'octo')], ['octo']],
  ['sources in a list', [where('source', 'in', 'shop', 'nowhere')], ['octo']],
  ['sources outside a list', [where('source', 'notIn', 'shop', 'octo')], BOTH],
  ['a status that WA.cr does not have', [where('status', 'eq', 'DELETED')], ['shop']],
  ['a direction that Octopods does not have', [where('direction', 'eq', 'INBOUND')], ['octo']],
  ['all but the one direction that Octopods has', [where('direction', 'ne', 'OUTBOUND')], ['octo']],
  ['a type that Octopods does not have', [where('type', 'in', 'TEXT', 'IMAGE')], ['octo']],
  ['all but the one type that Octopods has', [where('type', 'notIn', 'TEMPLATE')], ['octo']],
  ['the recipient, which WA.cr does not tell', [where('to', 'eq', '+14155552671')], ['shop']],
  ['not this recipient, which WA.cr does not tell', [where('to', 'ne', '+1')], ['shop']],
  ['any recipient, which WA.cr does not tell', [where('to', 'notIn')], ['shop']],
  ['the sender, which Octopods does not tell', [where('from', 'eq', '+14155552671')], ['octo']],
  ['not this sender, which Octopods does not tell', [where('from', 'ne', '+1')], ['octo']],
  ['the conversation, which Octopods does not have', [where('interactionId', 'eq', '7')], ['octo']],
  ['any conversation, which Octopods does not have', [where('interactionId', 'notIn')], ['octo']],
  ['a conversation that is no integer', [where('interactionId', 'in', 'seven', '7.0', '')], BOTH],
]

const NEVER_TOLD: Readonly<Record<string, readonly string[]>> = {
  octo: ['from', 'interactionId'],
  shop: ['to'],
}

/** What a report says of a clause on a field that the source never lists: others may match. */
function untoldBy(
  source: string,
  filter: MessageFilter,
): Pick<SourceReport, 'completeness' | 'holds' | 'warnings'> {
  const field = filter.map((clause) => clause.field).find((each) => NEVER_TOLD[source]?.includes(each))
  const isImpossible = filter.length !== 1
  if (field === undefined || isImpossible) return { completeness: 'COMPLETE', holds: [], warnings: [] }
  const message: string = expect.stringContaining(field)
  const warnings = [{ code: 'FIELD_NOT_TOLD', message, field, count: null }] as const
  return { completeness: 'NOT_TOLD', holds: ['NOT_TOLD'], warnings }
}

it.each(CASES)('asks no source that cannot match: %s', async (_name, filter, pruned) => {
  const octo = await startOctopods('octo', { rows: octopodsRows(3) })
  const shop = await startWacr('shop', { rows: wacrRows(3) })
  const engine = createEngine({ sources: [octo.source, shop.source] })
  const page = await engine.messages({ filter, totalCount: true })

  expect(page.reports.filter((report) => report.outcome === 'PRUNED').map(({ source }) => source)).toEqual(
    pruned,
  )
  for (const { id, emulator } of [octo, shop]) {
    const report = reportOf(page, id)
    expect(emulator.log.length > 0).toBe(!pruned.includes(id))
    if (!pruned.includes(id)) continue
    expect(report).toEqual({
      source: id,
      outcome: 'PRUNED',
      ...untoldBy(id, filter),
      reachesBackTo: null,
      gaps: [],
      pushedDown: [],
      evaluatedLocally: [],
      upstreamRequests: 0,
      error: null,
    })
  }
})

it('counts zero when every source is pruned', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(3) })
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ filter: [where('status', 'in')], totalCount: true })
  expect(page).toMatchObject({ edges: [], totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null } })
})

it('prunes a source before it minds what that source can sort by', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(3) })
  const shop = await startWacr('shop', { rows: wacrRows(3) })
  const engine = createEngine({ sources: [octo.source, shop.source] })
  const page = await engine.messages({
    filter: [where('source', 'eq', 'shop')],
    sort: { field: 'updatedAt', direction: 'desc' },
  })
  expect(page.edges).toHaveLength(3)
  expect(reportOf(page, 'octo').outcome).toBe('PRUNED')
})
