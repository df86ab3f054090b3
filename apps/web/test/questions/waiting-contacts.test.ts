import { describe, expect, test } from 'vitest'
import type { SurveyedMessageFragment } from '../../src/api/operations.js'
import { waitingContacts } from '../../src/questions/waiting-contacts.js'

const shop = { key: 'shop', label: 'Shop' }
const octopods = { key: 'octo', label: 'Octopods' }

/** Messages of one conversation, newest first, a minute apart: `in` and `out`, with what is special about each. */
function messages(
  ...changes: readonly (readonly ['in' | 'out', Partial<SurveyedMessageFragment>?])[]
): SurveyedMessageFragment[] {
  return changes.map(([direction, change], index) => ({
    id: `${index}`,
    sentAt: new Date(Date.UTC(2026, 10, 3, 12) - index * 60_000).toISOString(),
    direction: direction === 'in' ? 'INBOUND' : 'OUTBOUND',
    status: 'DELIVERED',
    type: 'TEXT',
    interactionId: '7',
    contact: null,
    failure: null,
    source: shop,
    ...change,
  }))
}

describe('whoever wrote last', () => {
  test('waits, with all messages since the last answer', () => {
    expect(waitingContacts(messages(['in'], ['in'], ['out'], ['in']))).toEqual([
      { ids: ['0', '1'], since: '2026-11-03T11:59:00.000Z' },
    ])
  })

  test.each([
    ['an answer that failed', [['out', { status: 'FAILED' }], ['in']], 1],
    ['an answer that is only on its way', [['out', { status: 'SENT' }], ['in']], 0],
    ['a reaction of theirs', [['in', { type: 'REACTION' }], ['out'], ['in']], 0],
    ['an answer in another conversation', [['out', { interactionId: '8' }], ['in']], 1],
    ['an answer in the same conversation of another source', [['out', { source: octopods }], ['in']], 1],
  ] as const)('waits or does not, as is known: %s', (_, given, count) => {
    expect(waitingContacts(messages(...given))).toHaveLength(count)
  })

  test('has an answer where another source has written to the same contact, unless its number is cut', () => {
    const answered = (id: string): SurveyedMessageFragment[] =>
      messages(
        ['out', { source: octopods, interactionId: null, contact: { id } }],
        ['in', { contact: { id } }],
      )
    expect(waitingContacts(answered('+14155552671'))).toEqual([])
    expect(waitingContacts(answered('…2671'))).toHaveLength(1)
  })

  test('is one contact by the number or the conversation, and each message is one where neither is known', () => {
    const contact = { id: '+14155552671' }
    const known = messages(
      ['in', { contact, interactionId: null }],
      ['in', { contact }],
      ['in', { contact: null }],
    )
    expect(waitingContacts(known).map(({ ids }) => ids)).toEqual([['0', '1', '2']])
    const unknown = messages(['in', { interactionId: null }], ['in', { interactionId: null }])
    expect(waitingContacts(unknown)).toHaveLength(2)
  })
})

test('messages outside the time that is asked about answer, and do not wait', () => {
  const all = messages(['in', { interactionId: '8' }], ['out'], ['in'], ['in', { interactionId: '9' }])
  const waiting = waitingContacts(all, ({ sentAt }) => sentAt < '2026-11-03T11:59:30.000Z')
  expect(waiting.map(({ ids }) => ids)).toEqual([['3']])
})
