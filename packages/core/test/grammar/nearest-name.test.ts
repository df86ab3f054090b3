import { describe, expect, it } from 'vitest'
import { nearestName } from '../../src/index.js'

const KNOWN = ['status', 'source', 'sent_at', 'to', 'in']

describe('the nearest known name', () => {
  it.each([
    ['stauts', 'status'],
    ['STATUS', 'status'],
    ['statuss', 'status'],
    ['tatus', 'status'],
    ['sentAt', 'sent_at'],
    ['inn', 'in'],
    ['ot', 'to'],
    ['', null],
    ['xyz', null],
    ['interaction', null],
    ['s'.repeat(65), null],
  ])('to %j is %j', (name, expected) => {
    expect(nearestName(name, KNOWN)).toBe(expected)
  })

  it('is null among no names', () => {
    expect(nearestName('a', [])).toBeNull()
  })
})
