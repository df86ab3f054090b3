import { plural } from './format.js'

const en = {
  title: 'Messages',
  derived: 'derived from the conversation',
  unknownContact: 'unknown contact',
  deleted: 'deleted at the source',
  loading: 'Loading…',
  loadingOlder: 'Loading older messages…',
  gap: (source: string, span: string): string => `${source}: messages may be missing, ${span}`,
  gaps: (source: string, count: number): string => `${source}: ${plural(count, 'gap', 'gaps')} in this list`,
  reach: (source: string, time: string): string => `${source}: nothing older than ${time} can be read`,
  end: 'End of the list. Everything that matches is above.',
  endIncomplete: 'End of the list. It may lack messages: see the notes above.',
  nothingSure: 'No message matches, and every source is complete: no such message exists.',
  nothingYet: 'No message matches so far: every source is complete up to now, and more may still arrive.',
  nothingUnsure: 'No message matches, but not every source is complete: see the notes.',
  countryCode: 'With the country code? +49…',
  failedSource: (source: string): string => `${source} could not be read, so its messages are missing here.`,
  note: (source: string, completeness: string): string => `${source}: ${completeness}.`,
  noSuchId: 'No message has this id.',
  noSuchWhatsappId: (live: string): string =>
    `No archived message has this id. A source need not list the ids of WhatsApp: search for the number instead.${live === '' ? '' : ` Read live, and not searched: ${live}.`}`,
  clearFilters: 'Show all messages',
}

const de: typeof en = {
  title: 'Nachrichten',
  derived: 'aus der Unterhaltung abgeleitet',
  unknownContact: 'unbekannter Kontakt',
  deleted: 'bei der Quelle gelöscht',
  loading: 'Wird geladen…',
  loadingOlder: 'Ältere Nachrichten werden geladen…',
  gap: (source, span) => `${source}: hier können Nachrichten fehlen, ${span}`,
  gaps: (source, count) => `${source}: ${plural(count, 'Lücke', 'Lücken')} in dieser Liste`,
  reach: (source, time) => `${source}: Nachrichten vor ${time} können nicht gelesen werden`,
  end: 'Ende der Liste. Alle passenden Nachrichten stehen darüber.',
  endIncomplete: 'Ende der Liste. Es können Nachrichten fehlen: Siehe die Hinweise oben.',
  nothingSure: 'Keine Nachricht passt, und jede Quelle ist vollständig: Es gibt keine solche Nachricht.',
  nothingYet:
    'Bisher passt keine Nachricht: Jede Quelle ist bis jetzt vollständig, und weitere können noch eintreffen.',
  nothingUnsure: 'Keine Nachricht passt, aber nicht jede Quelle ist vollständig: Siehe die Hinweise.',
  countryCode: 'Mit Landesvorwahl? +49…',
  failedSource: (source) => `${source} konnte nicht gelesen werden; ihre Nachrichten fehlen hier.`,
  note: (source, completeness) => `${source}: ${completeness}.`,
  noSuchId: 'Keine Nachricht hat diese ID.',
  noSuchWhatsappId: (live) =>
    `Keine archivierte Nachricht hat diese ID. Eine Quelle muss die IDs von WhatsApp nicht auflisten: Suchen Sie stattdessen nach der Nummer.${live === '' ? '' : ` Direkt gelesen und nicht durchsucht: ${live}.`}`,
  clearFilters: 'Alle Nachrichten anzeigen',
}

export const list = { en, de }
