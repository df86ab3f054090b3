import { expect, test } from 'vitest'
import { groupFailures } from '../../src/questions/failure-groups.js'

const octopods = { key: 'octo', label: 'Octopods' }
const shop = { key: 'shop', label: 'Shop' }

test('failures of one code are one group, wherever a source writes the code, under their most frequent words', () => {
  const groups = groupFailures([
    { id: 'a', source: shop, failure: { code: null, reason: '131026: Undeliverable' } },
    { id: 'b', source: octopods, failure: { code: '131026', reason: 'Message undeliverable' } },
    { id: 'c', source: octopods, failure: { code: '131026', reason: 'Message undeliverable' } },
    { id: 'd', source: octopods, failure: { code: '131026', reason: null } },
  ])
  expect(groups).toEqual([
    {
      code: '131026',
      words: 'Message undeliverable',
      sources: new Map([
        ['Shop', 1],
        ['Octopods', 3],
      ]),
      ids: ['a', 'b', 'c', 'd'],
    },
  ])
})

test('failures without a code are grouped by their words, those without any last, the largest group first', () => {
  const groups = groupFailures([
    { id: 'a', source: shop, failure: null },
    { id: 'b', source: shop, failure: { code: null, reason: 'Odd <b>words</b>' } },
    { id: 'c', source: shop, failure: { code: null, reason: 'Odd words' } },
    { id: 'd', source: shop, failure: { code: '470', reason: null } },
    { id: 'e', source: shop, failure: { code: '470', reason: '' } },
    { id: 'f', source: shop, failure: { code: '470', reason: '470' } },
  ])
  expect(groups.map(({ code, words, ids }) => [code, words, ids.join('')])).toEqual([
    ['470', null, 'def'],
    [null, 'Odd words', 'bc'],
    [null, null, 'a'],
  ])
})
