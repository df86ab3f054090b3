import { describe, expect, it } from 'vitest'
import { DEFAULT_MESSAGE_SORT, parseMessageSort, printMessageSort } from '../../src/index.js'

describe('the message sort in the grammar', () => {
  it.each([
    ['-created_at', { field: 'createdAt', direction: 'desc' }],
    ['created_at', { field: 'createdAt', direction: 'asc' }],
    ['-updated_at', { field: 'updatedAt', direction: 'desc' }],
    ['updated_at', { field: 'updatedAt', direction: 'asc' }],
  ] as const)('reads and writes %s', (text, sort) => {
    expect(parseMessageSort(text)).toEqual(sort)
    expect(printMessageSort(sort)).toBe(text)
  })

  it('takes the newest first for nothing', () => {
    expect(parseMessageSort('')).toEqual(DEFAULT_MESSAGE_SORT)
    expect(printMessageSort(DEFAULT_MESSAGE_SORT)).toBe('-created_at')
  })

  it.each([
    [
      '-sent_at',
      'sort: unknown field "sent_at". Did you mean "created_at"? ' +
        'Allowed: created_at, -created_at, updated_at, -updated_at.\n-sent_at\n ^^^^^^^',
    ],
    [
      'created_at,updated_at',
      'sort: the list holds 2 names. Allowed: up to 1.\ncreated_at,updated_at\n' + '^'.repeat(21),
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseMessageSort(text)).toThrow(message)
  })
})
