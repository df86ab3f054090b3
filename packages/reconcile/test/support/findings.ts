import {
  type Finding,
  type HistoryMessage,
  type LogEntry,
  reconcile,
  type ReconcileOptions,
} from '../../src/index.js'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const NOON = Date.parse('2026-10-05T12:00:00Z')

export const ENTRY: LogEntry = { entry: 1, at: NOON, to: '+4930123456', text: 'Your code is 1234' }
export const MESSAGE: HistoryMessage = {
  id: 'global-1',
  source: 'shop',
  upstreamId: '4711',
  whatsappId: 'wamid.A',
  direction: 'OUTBOUND',
  status: 'DELIVERED',
  text: 'Your code is 1234',
  to: '+4930123456',
  sentAt: NOON + 3200,
  raw: { id: 4711, meta: { reference: 'order-17' } },
}

/** The findings of entries and messages, each a copy of a common one with what is given. */
export async function findings(
  entries: readonly Partial<LogEntry>[],
  messages: readonly Partial<HistoryMessage>[],
  options: Partial<ReconcileOptions> = {},
): Promise<Finding[]> {
  const log = entries.map((each, index) => ({ ...ENTRY, entry: index + 1, ...each }))
  const history = messages.map((each) => ({ ...MESSAGE, ...each })).toSorted((a, b) => a.sentAt - b.sentAt)
  const found: Finding[] = []
  const run = reconcile(
    { entries: log, messages: history },
    { now: NOON + 24 * HOUR, doubts: [], ...options },
  )
  for await (const each of run) found.push(each)
  return found.toSorted((a, b) => (a.entry ?? Infinity) - (b.entry ?? Infinity))
}

/** The verdicts of those findings. */
export async function verdicts(...parameters: Parameters<typeof findings>): Promise<string[]> {
  return (await findings(...parameters)).map(({ verdict }) => verdict)
}
