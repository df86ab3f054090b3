import { plural } from './format.js'

const en = {
  title: 'Counts',
  total: 'Messages',
  pending: 'Pending',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Failed',
  other: 'Other',
  explain: {
    pending: 'Sent; not known whether they arrived',
    delivered: 'Arrived; it is not known whether they were read',
    read: 'Read by the recipient',
    failed: 'Not delivered',
    other: 'Deleted, or without a status',
  },
  atLeast: (count: string): string => `at least ${count}`,
  counting: 'Counting…',
  excluded: 'not chosen',
  questions: 'Questions about these messages',
  failures: 'Why messages failed',
  unanswered: 'Who waits for an answer',
  bars: {
    day: 'Messages per day',
    week: 'Messages per week',
    month: 'Messages per month',
    year: 'Messages per year',
  },
  per: { day: 'per day', week: 'per week', month: 'per month', year: 'per year' },
  bar: (span: string, total: number, failed: string): string =>
    `${span}: ${plural(total, 'message', 'messages')}, ${failed} failed`,
  incomplete: (sources: string): string => `messages of ${sources} may be missing`,
  legend: 'red: failed, ≥ and hatched: incomplete',
  untilTime: (time: string): string => `until ${time}`,
  compare: 'To compare,',
  earlier: (total: number, failed: string, bound: string): string =>
    `${bound}${plural(total, 'message', 'messages')}, ${failed} failed`,
}

const de: typeof en = {
  title: 'Zahlen',
  total: 'Nachrichten',
  pending: 'Ausstehend',
  delivered: 'Zugestellt',
  read: 'Gelesen',
  failed: 'Fehlgeschlagen',
  other: 'Andere',
  explain: {
    pending: 'Gesendet; ob sie ankamen, ist nicht bekannt',
    delivered: 'Angekommen; ob sie gelesen wurden, ist nicht bekannt',
    read: 'Vom Empfänger gelesen',
    failed: 'Nicht zugestellt',
    other: 'Gelöscht oder ohne Status',
  },
  atLeast: (count) => `mindestens ${count}`,
  counting: 'Wird gezählt…',
  excluded: 'nicht ausgewählt',
  questions: 'Fragen zu diesen Nachrichten',
  failures: 'Gründe der Fehlschläge',
  unanswered: 'Wer auf Antwort wartet',
  bars: {
    day: 'Nachrichten je Tag',
    week: 'Nachrichten je Woche',
    month: 'Nachrichten je Monat',
    year: 'Nachrichten je Jahr',
  },
  per: { day: 'je Tag', week: 'je Woche', month: 'je Monat', year: 'je Jahr' },
  bar: (span, total, failed) =>
    `${span}: ${plural(total, 'Nachricht', 'Nachrichten')}, ${failed} fehlgeschlagen`,
  incomplete: (sources) => `Nachrichten von ${sources} können fehlen`,
  legend: 'rot: fehlgeschlagen, ≥ und schraffiert: unvollständig',
  untilTime: (time) => `bis ${time}`,
  compare: 'Zum Vergleich,',
  earlier: (total, failed, bound) =>
    `${bound}${plural(total, 'Nachricht', 'Nachrichten')}, ${failed} fehlgeschlagen`,
}

export const counts = { en, de }
