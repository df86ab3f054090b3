import type { HistoryMessage, LogEntry } from '@waybill/reconcile'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { encodeFindings, type FindingRow } from '../src/index.js'

const AT = Date.parse('2026-10-05T12:00:00Z')

const ENTRY: LogEntry = { entry: 1, at: AT, to: '+4930231380', text: '=1+1', status: 'SENT' }

const MESSAGE: HistoryMessage = {
  id: 'global-1',
  source: 'octo',
  upstreamId: '=2+2',
  whatsappId: null,
  direction: 'OUTBOUND',
  status: 'DELIVERED',
  to: '+4930231380',
  text: '@SUM(A1)',
  sentAt: AT + 3000,
}

function row(finding: object, change: Partial<FindingRow> = {}): FindingRow {
  const line = JSON.stringify({ entry: 1, verdict: 'MATCHED', reasons: [], deltaSeconds: -3, ...finding })
  return { line, entry: ENTRY, message: MESSAGE, ...change }
}

async function* of<Item>(items: readonly Item[]): AsyncGenerator<Item, void> {
  yield* items
}

/** The rows of a table in CSV, by the names of their columns. */
async function tableOf(rows: readonly FindingRow[]): Promise<Record<string, string>[]> {
  const findings = { lines: () => of(rows.map(({ line }) => line)), rows: () => of(rows) }
  const summary = { entries: 1, unclaimed: 0, verdicts: {}, matchedFailed: 0, sources: [] }
  const bytes = encodeFindings(findings, {
    format: 'csv',
    bom: true,
    timeZone: 'UTC',
    report: { summary, agreement: 'AGREES' },
  })
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  const [names = [], ...cells] = parse(Buffer.concat(chunks), { bom: true })
  return cells.map((values) => Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])))
}

test('a table of findings has the fields of the entry and of its message, and no formula', async () => {
  const [finding] = await tableOf([row({ source: 'octo', upstreamId: '=2+2', status: 'DELIVERED' })])
  expect(finding).toMatchObject({
    verdict: 'MATCHED',
    meaning: 'The message is in the history and agrees with the entry.',
    loggedAt: '2026-10-05T12:00:00.000Z',
    loggedTo: "'+4930231380",
    loggedText: "'=1+1",
    loggedStatus: 'SENT',
    sentAt: '2026-10-05T12:00:03.000Z',
    to: "'+4930231380",
    text: "'@SUM(A1)",
    status: 'DELIVERED',
    upstreamId: "'=2+2",
    deltaSeconds: '-3',
  })
})

test('a table of findings says in words what is missing, what differs, and what resembles', async () => {
  const span = { from: '2026-11-01T00:00:00.000Z', to: null }
  const missing = {
    verdict: 'CANNOT_TELL',
    because: 'NOT_TOLD',
    span,
    reasons: ['to: not listed', 'text: not listed'],
  }
  const similarMessages = [
    { source: 'octo', upstreamId: '7', differs: ['id', 'to'] },
    { source: 'shop', upstreamId: '8', differs: [] },
  ]
  const [one, other, third] = await tableOf([
    row({ ...missing, similarMessages }, { message: null }),
    row(
      { entry: null, verdict: 'MISSING_HERE', similarEntries: [{ entry: 4, differs: ['text'] }] },
      { entry: null },
    ),
    row({ verdict: 'DUPLICATE_HERE', duplicateOf: 2 }),
  ])
  expect(one).toMatchObject({
    because: 'NOT_TOLD',
    spanFrom: span.from,
    spanTo: '',
    reasons: 'to: not listed; text: not listed',
    similar: 'octo 7 (id, to differs); shop 8',
    sentAt: '',
    text: '',
  })
  expect(one?.['meaning']).toMatch(/^It cannot be known.*does not list the field that decides\.$/)
  expect(other).toMatchObject({ entry: '', similar: 'entry 4 (text differs)', loggedText: '', loggedAt: '' })
  expect(third).toMatchObject({ duplicateOf: '2' })
})
