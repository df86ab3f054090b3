import type { Doubt, HistoryMessage, LogEntry } from '../../src/index.js'
import type { PlannedSource, Send, Timing, WorldPlan } from './plan.js'

/** A log, a history, and what is true of them. */
export interface World {
  readonly entries: readonly LogEntry[]
  readonly messages: readonly HistoryMessage[]
  readonly doubts: readonly Doubt[]
  readonly now: number
  /** For each entry, by its place, what became of it. */
  readonly truths: ReadonlyMap<number, Truth>
  /** Messages that no entry is about, by name; and those that are the second of two for one entry. */
  readonly unlogged: ReadonlySet<string>
  readonly secondOnes: ReadonlySet<string>
}

export interface Truth {
  readonly send: Send
  /** The names of the messages that are this entry's; none where it was never sent. */
  readonly messages: readonly string[]
  /** Whether one of them is in the history. */
  readonly isVisible: boolean
  /** Whether the same message has been logged before. */
  readonly isRepeated: boolean
}

const FAR_MS = 40 * 60_000
const START = Date.parse('2026-10-01T00:00:00Z')
const POOL = [
  'Your order is on the way',
  'Hello',
  'Reminder: see you tomorrow',
  'Thank you & bye',
  'Grüße',
  '¡Olé!',
]

interface Sent extends HistoryMessage {
  readonly isHidden: boolean
}

/** Builds the world of a plan. */
export function buildWorld(plan: WorldPlan): World {
  const logged: { readonly entry: LogEntry; readonly truth: Truth }[] = []
  const sent: Sent[] = []
  const unlogged = new Set<string>()
  const secondOnes = new Set<string>()
  const times = sendTimes(plan.sends)
  const doubts = placeDoubts(plan, times.at(-1) ?? START)
  for (const [index, send] of plan.sends.entries()) {
    const at = times[index] ?? START
    const messages = send.fate === 'never-sent' ? [] : [messageOf(plan, send, index, at, 0)]
    if (send.fate === 'sent-twice') {
      const second = messageOf(plan, send, index, at + 20_000, 1)
      messages.push(second)
      secondOnes.add(second.id)
    }
    const hiding = messages.map((each) => ({ ...each, isHidden: isHidden(plan, doubts, each) }))
    sent.push(...hiding)
    if (send.fate === 'unlogged') for (const { id } of messages) unlogged.add(id)
    else
      for (const isRepeated of send.fate === 'logged-twice' ? [false, true] : [false]) {
        const isVisible = hiding.some((each) => !each.isHidden)
        const truth = { send, messages: messages.map(({ id }) => id), isVisible, isRepeated }
        logged.push({ entry: entryOf(send, index, at), truth })
      }
  }
  const inOrder = logged
    .toSorted((a, b) => (a.entry.at ?? 0) - (b.entry.at ?? 0))
    .map(({ entry, truth }, index) => ({ entry: { ...entry, entry: index + 1 }, truth }))
  return {
    entries: inOrder.map(({ entry }) => entry),
    messages: sent.filter(({ isHidden: hidden }) => !hidden).toSorted((a, b) => a.sentAt - b.sentAt),
    doubts,
    now: (times.at(-1) ?? START) + plan.ageMs,
    truths: new Map(inOrder.map(({ entry, truth }) => [entry.entry, truth])),
    unlogged,
    secondOnes,
  }
}

function sendTimes(sends: readonly Send[]): number[] {
  let at = START
  return sends.map(({ pauseMs }) => (at += pauseMs))
}

function numberOf({ number }: Send): string {
  return `+49151000000${number}`
}

function textOf({ text }: Send, index: number): string {
  return text === null ? `Your code is ${1000 + index} é` : (POOL[text] ?? '')
}

/** The same text as another system writes it. */
function spell(text: string, spelling: number): string {
  switch (spelling) {
    case 1:
      return `<p>${text.replace('&', '&amp;')}</p>`
    case 2:
      return ` ${text.replaceAll(' ', ' \n')}`
    case 3:
      return text.normalize('NFD')
    case 4:
      return text.replace(/\w+/, '<b>$&</b>').replace(' & ', ' &amp;&nbsp;')
    default:
      return text
  }
}

function messageOf(
  { sources }: WorldPlan,
  send: Send,
  index: number,
  at: number,
  copy: number,
): HistoryMessage {
  const listed: PlannedSource = sources[send.source] ?? { listsNumber: true, listsWhatsappId: true }
  const upstreamId = String(5000 + index * 2 + copy)
  const text = spell(textOf(send, index), send.spelling)
  return {
    id: `s${send.source}/${upstreamId}`,
    source: `s${send.source}`,
    upstreamId,
    whatsappId: listed.listsWhatsappId ? `wamid.${upstreamId}` : null,
    direction: 'OUTBOUND',
    status: send.status,
    text: send.fate === 'edited' ? `${text} (corrected)` : text,
    pastTexts: send.fate === 'edited' ? [text] : [],
    to: listed.listsNumber ? numberOf(send) : null,
    sentAt: at + send.delayMs + (timingOf(send) === 'far' ? FAR_MS : 0),
    raw: { id: Number(upstreamId), meta: { ref: `order-${index}-${copy === 0 ? 'a' : 'b'}` } },
    deletedAt: send.fate === 'deleted' ? at + 3_600_000 : null,
  }
}

/** Only what is found by id is found wherever it is. */
function timingOf({ timing, loggedBy }: Send): Timing {
  return loggedBy.startsWith('id') ? timing : 'near'
}

function entryOf(send: Send, index: number, time: number): LogEntry {
  const entry = 0
  const at = timingOf(send) === 'none' ? null : time
  const upstreamId = String(5000 + index * 2)
  const rest = { to: numberOf(send).replace('+', ''), text: textOf(send, index) }
  const status = send.loggedStatus
  switch (send.loggedBy) {
    case 'id':
      return { entry, at, id: upstreamId, ...rest, status }
    case 'id-alone':
      return { entry, at, id: upstreamId, status }
    case 'whatsappId':
      return { entry, at, whatsappId: `wamid.${upstreamId}`, ...rest, status }
    case 'reference':
      return { entry, at, reference: `order-${index}-a`, ...rest, status }
    case 'text':
      return { entry, at, ...rest, status }
  }
}

function placeDoubts({ doubts }: WorldPlan, end: number): Doubt[] {
  const span = end - START + FAR_MS
  return doubts.map(({ from, length, source, because }) => ({
    source: `s${source}`,
    because,
    from: Math.round(START - 60_000 + from * span),
    to: Math.round(START - 60_000 + (from + length) * span),
  }))
}

function isHidden(
  { doubts }: WorldPlan,
  placed: readonly Doubt[],
  { source, sentAt }: HistoryMessage,
): boolean {
  return placed.some(
    (doubt, index) =>
      doubts[index]?.hides === true &&
      doubt.source === source &&
      sentAt >= (doubt.from ?? sentAt) &&
      sentAt <= (doubt.to ?? sentAt),
  )
}
