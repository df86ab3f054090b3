const en = {
  retry: 'Try again',
  reload: 'Load the page again',
  notLoaded:
    'A part of the page could not be loaded. The server may be unreachable, or have a newer version.',
  gone: 'The server does not answer.',
  lastRead: 'What you see is what was last read.',
  retried: 'The page tries again by itself.',
  slow: 'The server has not answered for a minute. Choose a shorter time, or try again.',
  waiting: 'The server is slow to answer…',
  locked: 'The token is not valid any more.',
  forbidden: 'Your token does not allow this.',
  expensive:
    'That is too much for one query. Choose a shorter time; if that does not help, ask the operator to raise the limit.',
  busy: 'Too many requests at once.',
  later: (wait: string | null): string => (wait === null ? 'Try again later.' : `Try again in ${wait}.`),
  input: 'The search cannot be read. Write a number with its country code (+49…), or search for it as text.',
  serverWords: 'In the server’s words',
  archive: 'The archive does not answer. Ask the operator to check the database.',
  upstream: 'A source could not be read.',
  unknown: 'An unexpected error occurred.',
  clock: (difference: string, isAhead: boolean): string =>
    `The clock of this device is ${difference} ${isAhead ? 'fast' : 'slow'}. “Today” follows the server's clock. Correct the clock of this device.`,
}

const de: typeof en = {
  retry: 'Erneut versuchen',
  reload: 'Seite neu laden',
  notLoaded:
    'Ein Teil der Seite konnte nicht geladen werden. Vielleicht ist der Server nicht erreichbar, oder er hat eine neuere Version.',
  gone: 'Der Server antwortet nicht.',
  lastRead: 'Sie sehen den zuletzt gelesenen Stand.',
  retried: 'Die Seite versucht es von selbst erneut.',
  slow: 'Der Server hat eine Minute lang nicht geantwortet. Wählen Sie einen kürzeren Zeitraum, oder versuchen Sie es erneut.',
  waiting: 'Der Server antwortet langsam…',
  locked: 'Das Token ist nicht mehr gültig.',
  forbidden: 'Ihr Token erlaubt das nicht.',
  expensive:
    'Das ist zu viel für eine Abfrage. Wählen Sie einen kürzeren Zeitraum; hilft das nicht, bitten Sie den Betreiber, die Grenze anzuheben.',
  busy: 'Zu viele Anfragen auf einmal.',
  later: (wait) =>
    wait === null ? 'Versuchen Sie es später erneut.' : `Versuchen Sie es in ${wait} erneut.`,
  input:
    'Die Suche kann nicht gelesen werden. Schreiben Sie eine Nummer mit Landesvorwahl (+49…), oder suchen Sie sie als Text.',
  serverWords: 'In den Worten des Servers (englisch)',
  archive: 'Das Archiv antwortet nicht. Bitten Sie den Betreiber, die Datenbank zu prüfen.',
  upstream: 'Eine Quelle konnte nicht gelesen werden.',
  unknown: 'Ein unerwarteter Fehler ist aufgetreten.',
  clock: (difference, isAhead) =>
    `Die Uhr dieses Geräts geht ${difference} ${isAhead ? 'vor' : 'nach'}. „Heute“ richtet sich nach der Uhr des Servers. Stellen Sie die Uhr dieses Geräts richtig.`,
}

export const problems = { en, de }
