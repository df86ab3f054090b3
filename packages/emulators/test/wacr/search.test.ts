import { expect, test } from 'vitest'
import { createWacrTable, type WacrTableOptions } from '../../src/index.js'
import { wacrRow } from '../support/rows.js'

const TEXTS = [
  'Grüße',
  'GRÜSSE',
  'gruse',
  '50% off',
  '500 off',
  'first_last',
  'firstXlast',
  'ПРИВЕТ',
  'привет',
  'a\\b',
  null,
]

function found(search: string, options: WacrTableOptions): (string | null)[] {
  const rows = TEXTS.map((message, position) => wacrRow(position + 1, { message }))
  return createWacrTable(rows, options)
    .page({ search, sort: 'created_at' })
    .map((row) => row.message)
}

test.each<[string, WacrTableOptions, (string | null)[]]>([
  ['FIRST', {}, ['first_last', 'firstXlast']],
  ['GRÜ', {}, ['GRÜSSE']],
  ['привет', {}, ['привет']],
  ['GRÜ', { searchCollation: 'unicode' }, ['Grüße', 'GRÜSSE']],
  ['привет', { searchCollation: 'unicode' }, ['ПРИВЕТ', 'привет']],
  ['gru', { searchCollation: 'unicode-ai' }, ['Grüße', 'GRÜSSE', 'gruse']],
  ['0% ', {}, ['50% off']],
  ['0% ', { escapeLike: false }, ['50% off', '500 off']],
  ['t_l', {}, ['first_last']],
  ['t_l', { escapeLike: false }, ['first_last', 'firstXlast']],
  ['t\\_l', { escapeLike: false }, ['first_last']],
  ['\\b', {}, ['a\\b']],
  ['50.', { escapeLike: false }, []],
])('%j with %j finds %j', (search, options, texts) => {
  expect(found(search, options)).toStrictEqual(texts)
})
