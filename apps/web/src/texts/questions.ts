import { plural } from './format.js'
import { language } from './language.js'

const en = {
  failed: (count: number, isBound: boolean): string =>
    `${isBound ? 'At least ' : ''}${plural(count, 'message', 'messages')} of this time and these filters failed.`,
  noneFailed: 'No message of this time and these filters failed.',
  noReason: 'No reason given',
  unansweredExplain:
    'Whoever wrote to us in this time, and has had no message from us since. One that failed is no answer.',
  waiting: (count: number): string =>
    `${plural(count, 'contact waits', 'contacts wait')} for an answer, the newest first.`,
  nobodyWaits: 'Nobody waits for an answer.',
  messagesSince: (count: number, time: string): string =>
    `${plural(count, 'message', 'messages')} since ${time}`,
  reading: (count: string): string => `Reading the messages: ${count} so far…`,
  limited: (count: string, time: string): string =>
    `The newest ${count} messages were read, back to ${time}. For earlier ones, choose a time.`,
  readAt: (time: string): string => `As of ${time}.`,
  readAgain: 'Read again',
  more: 'Show more',
}

const de: typeof en = {
  failed: (count, isBound) =>
    `${isBound ? 'Mindestens ' : ''}${plural(count, 'Nachricht', 'Nachrichten')} dieser Zeit und dieser Filter ${count === 1 ? 'ist' : 'sind'} fehlgeschlagen.`,
  noneFailed: 'Keine Nachricht dieser Zeit und dieser Filter ist fehlgeschlagen.',
  noReason: 'Kein Grund genannt',
  unansweredExplain:
    'Wer uns in dieser Zeit geschrieben und seitdem keine Nachricht von uns bekommen hat. Eine fehlgeschlagene ist keine Antwort.',
  waiting: (count) =>
    `${plural(count, 'Kontakt wartet', 'Kontakte warten')} auf eine Antwort, die neuesten zuerst.`,
  nobodyWaits: 'Niemand wartet auf eine Antwort.',
  messagesSince: (count, time) => `${plural(count, 'Nachricht', 'Nachrichten')} seit ${time}`,
  reading: (count) => `Die Nachrichten werden gelesen: bisher ${count}…`,
  limited: (count, time) =>
    `Die neuesten ${count} Nachrichten wurden gelesen, bis zurück zu ${time}. Für frühere wählen Sie einen Zeitraum.`,
  readAt: (time) => `Stand: ${time}.`,
  readAgain: 'Neu lesen',
  more: 'Mehr anzeigen',
}

/** The texts of the panels that answer questions about many messages; they are loaded with them. */
export const questionTexts: typeof en = { en, de }[language]
