import { type HistoryMessage, type LogEntry, reconcile } from '@waybill/reconcile'
import { expect, test } from 'vitest'
import { readReason } from '../../src/reconcile/read-reason.js'

const AT = Date.UTC(2026, 10, 1)

const ENTRY: LogEntry = {
  entry: 1,
  id: '7',
  whatsappId: 'wamid.1',
  to: '+493023125380',
  text: 'Hello',
  at: AT,
  status: 'READ',
}

const MESSAGE: HistoryMessage = {
  id: 'one',
  source: 'octo',
  upstreamId: '7',
  whatsappId: 'wamid.1',
  direction: 'OUTBOUND',
  status: 'READ',
  text: 'Hello',
  to: '+493023125380',
  sentAt: AT,
}

/** What the comparison itself says of an entry and a message. */
async function reasonsOf(entry: Partial<LogEntry>, message: Partial<HistoryMessage>): Promise<string[]> {
  const [ours, theirs] = [
    { ...ENTRY, ...entry },
    { ...MESSAGE, ...message },
  ]
  const isDisplaced = ours.at !== theirs.sentAt
  const displaced = isDisplaced ? new Map([[ours.entry, theirs]]) : undefined
  const options = { now: AT + 1e9, doubts: [], displaced }
  const reasons: string[] = []
  for await (const finding of reconcile({ entries: [ours], messages: [theirs] }, options))
    reasons.push(...finding.reasons)
  return reasons
}

test.each<[string, Partial<LogEntry>, Partial<HistoryMessage>, object[]]>([
  ['another number', {}, { to: '+493023125381' }, [{ kind: 'differs', field: 'to' }]],
  ['another text', {}, { text: 'Bye' }, [{ kind: 'differs', field: 'text' }]],
  ['a text that was edited', {}, { text: 'Bye', pastTexts: ['Hello'] }, [{ kind: 'textEdited' }]],
  ['another id of WhatsApp', {}, { whatsappId: 'wamid.2' }, [{ kind: 'differs', field: 'whatsappId' }]],
  ['another id', { id: '8' }, {}, [{ kind: 'differs', field: 'id' }]],
  ['a later time', { at: AT - 900_500 }, {}, [{ kind: 'apart', seconds: 900.5 }]],
  ['an earlier status', {}, { status: 'SENT' }, [{ kind: 'statusDiffers', ours: 'READ', theirs: 'SENT' }]],
  [
    'a number that is not listed',
    { id: null, whatsappId: null },
    { to: null },
    [
      { kind: 'notListed', field: 'to' },
      { kind: 'notListed', field: 'to' },
    ],
  ],
  ['a status that nobody knows', {}, { status: null }, [{ kind: 'statusUnknown' }]],
])('a reason is read as what it says: %s', async (_, entry, message, expected) => {
  const reasons = await reasonsOf(entry, message)
  expect(reasons.map(readReason)).toEqual(expected)
})

test.each([
  '',
  'colour: differs',
  'to: was eaten',
  'at: soon',
  'status: GONE in the log, SENT in the history',
])('a reason of another form is not read: "%s"', (reason) => {
  expect(readReason(reason)).toBe(null)
})
