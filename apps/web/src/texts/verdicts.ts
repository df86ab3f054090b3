const en = {
  MATCHED: {
    title: 'Matched',
    meaning: 'The message is in the history and agrees. That does not mean that it arrived.',
  },
  STATUS_DIFFERS: {
    title: 'Status differs',
    meaning: 'The message has an earlier status than logged, or a different final one.',
  },
  FIELD_DIFFERS: {
    title: 'Field differs',
    meaning: 'An id matches, but another field differs.',
  },
  DUPLICATE_HERE: {
    title: 'Twice in the log',
    meaning: 'The message already belongs to an earlier entry.',
  },
  DUPLICATE_THERE: { title: 'Twice in the history', meaning: 'A logged message was sent more than once.' },
  AMBIGUOUS: { title: 'Ambiguous', meaning: 'Several messages fit equally well.' },
  MISSING_THERE: {
    title: 'Missing in the history',
    meaning: 'The history is complete for that time, and has no such message.',
  },
  MISSING_HERE: {
    title: 'Missing in the log',
    meaning: 'The history has a message that belongs to no entry.',
  },
  PENDING: { title: 'Pending', meaning: 'Sent recently; it is not yet known whether it arrived.' },
  STALE: { title: 'Stale', meaning: 'Sent long ago; it should be known by now whether it arrived.' },
  DELETED_THERE: { title: 'Deleted', meaning: 'The message was deleted.' },
  OUTSIDE: { title: 'Not judged', meaning: 'The entry is outside the time that is judged.' },
  CANNOT_TELL: {
    title: 'Cannot tell',
    meaning: 'No counterpart was found, but that proves nothing. Each line shows the reason.',
  },
}

const de: typeof en = {
  MATCHED: {
    title: 'Gefunden',
    meaning: 'Die Nachricht steht im Verlauf und stimmt überein. Das heißt nicht, dass sie ankam.',
  },
  STATUS_DIFFERS: {
    title: 'Anderer Status',
    meaning: 'Der Status im Verlauf ist ein früherer als im Protokoll, oder ein anderer endgültiger.',
  },
  FIELD_DIFFERS: {
    title: 'Feld weicht ab',
    meaning: 'Eine ID stimmt überein, aber ein anderes Feld weicht ab.',
  },
  DUPLICATE_HERE: {
    title: 'Doppelt im Protokoll',
    meaning: 'Die Nachricht gehört schon zu einem früheren Eintrag.',
  },
  DUPLICATE_THERE: {
    title: 'Doppelt im Verlauf',
    meaning: 'Eine protokollierte Nachricht wurde mehrmals gesendet.',
  },
  AMBIGUOUS: { title: 'Mehrdeutig', meaning: 'Mehrere Nachrichten passen gleich gut.' },
  MISSING_THERE: {
    title: 'Fehlt im Verlauf',
    meaning: 'Der Verlauf ist für diese Zeit vollständig und hat keine solche Nachricht.',
  },
  MISSING_HERE: { title: 'Fehlt im Protokoll', meaning: 'Der Verlauf hat eine Nachricht ohne Eintrag.' },
  PENDING: { title: 'Ausstehend', meaning: 'Vor kurzem gesendet; ob sie ankam, ist noch nicht bekannt.' },
  STALE: { title: 'Überfällig', meaning: 'Vor langem gesendet; ob sie ankam, sollte bekannt sein.' },
  DELETED_THERE: { title: 'Gelöscht', meaning: 'Die Nachricht wurde gelöscht.' },
  OUTSIDE: { title: 'Nicht beurteilt', meaning: 'Der Eintrag liegt außerhalb der beurteilten Zeit.' },
  CANNOT_TELL: {
    title: 'Nicht feststellbar',
    meaning: 'Es wurde kein Gegenstück gefunden, aber das beweist nichts. In jeder Zeile steht der Grund.',
  },
}

export const verdicts = { en, de }
