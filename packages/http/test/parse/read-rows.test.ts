import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { readPart, readRows, recordIdSchema, valueAt, type Rows } from '../../src/index.js'

const schema = z.object({ id: recordIdSchema, text: z.string('text') }, 'an object')

function read(items: readonly unknown[], at = 'data'): Rows<z.output<typeof schema>> {
  return readRows(items, {
    at,
    read: (item, place) => readPart(schema, item, place),
    idOf: ({ id }) => id,
    idIn: (item) => valueAt(item, ['id']),
  })
}

test('rows that can be read are kept, the others set aside with place, id, reason and all that came', () => {
  const items = [{ id: 1, text: 'a' }, { id: 2 }, null, { id: 'x', text: 'private' }, { id: '3', text: 'b' }]
  expect(read(items)).toEqual({
    rows: [
      { id: '1', text: 'a' },
      { id: '3', text: 'b' },
    ],
    rejected: [
      { position: 1, upstreamId: '2', reason: 'data[1].text: expected text, found nothing', raw: items[1] },
      { position: 2, upstreamId: null, reason: 'data[2]: expected an object, found null', raw: null },
      { position: 3, upstreamId: null, reason: 'data[3].id: expected an integer, found text', raw: items[3] },
    ],
  })
})

test('of rows with one id the first that can be read is taken', () => {
  const items = [{ id: 7 }, { id: 7, text: 'a' }, { id: '7', text: 'b' }, { id: 7, text: 'c' }]
  const { rows, rejected } = read(items, '')
  expect(rows).toEqual([{ id: '7', text: 'a' }])
  expect(rejected.map(({ position, upstreamId, reason }) => [position, upstreamId, reason])).toEqual([
    [0, '7', '[0].text: expected text, found nothing'],
    [2, '7', '[2]: repeats the id of row 1'],
    [3, '7', '[3]: repeats the id of row 1'],
  ])
})

test('every row is either kept or set aside, in its order, and no id is kept twice', () => {
  const item = fc.oneof(
    fc.record({ id: fc.nat(5), text: fc.string() }),
    fc.record({ id: fc.nat(5) }),
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const { rows, rejected } = read(items)
      expect(rows.length + rejected.length).toBe(items.length)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      const places = rejected.map(({ position }) => position)
      expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b))
      for (const { position, raw } of rejected) expect(raw).toBe(items[position])
    }),
  )
})
