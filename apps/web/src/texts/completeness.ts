import { plural } from './format.js'

const en = {
  complete: 'Complete: nothing that matches is missing.',
  failed: (source: string, message: string): string => `${source} is missing. ${message}`,
  reach: (source: string, time: string): string => `${source}: nothing older than ${time} can be read.`,
  gaps: (source: string, count: number): string =>
    `${source}: messages may be missing in ${plural(count, 'gap', 'gaps')}.`,
  note: (source: string, words: string): string => `${source}: ${words}.`,
}

const de: typeof en = {
  complete: 'Vollständig: Keine passende Nachricht fehlt.',
  failed: (source, message) => `${source} fehlt. ${message}`,
  reach: (source, time) => `${source}: Nachrichten vor ${time} können nicht gelesen werden.`,
  gaps: (source, count) => `${source}: In ${plural(count, 'Lücke', 'Lücken')} können Nachrichten fehlen.`,
  note: (source, words) => `${source}: ${words}.`,
}

export const completeness = { en, de }
