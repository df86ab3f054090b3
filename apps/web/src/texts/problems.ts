const en = {
  retry: 'Try again',
  reload: 'Load the page again',
  notLoaded: 'A part of the page could not be loaded. The server may be gone, or have a newer version.',
  gone: 'The server does not answer. What you see is what was last read. The page tries again by itself.',
  slow: 'The server has not answered for a minute. Choose a shorter time, or try again.',
  waiting: 'The server is slow to answer…',
  locked: 'The token is not valid any more.',
  forbidden: 'Your token does not allow this.',
  expensive:
    'That is too much for one query. Choose a shorter time; if that does not help, ask the operator to raise the limit.',
  busy: 'Too many requests at once. The page tries again by itself.',
  input: 'The search cannot be read. Write a number with its country code (+49…), or search for it as text.',
  serverWords: 'In the server’s words',
  archive: 'The archive does not answer. Ask the operator to check the database.',
  upstream: 'A source could not be read.',
  unknown: 'Something unexpected happened.',
  clock: (difference: string, isAhead: boolean): string =>
    `The clock of this device is ${difference} ${isAhead ? 'fast' : 'slow'}. “Today” follows the server's clock; set this device's clock right.`,
}

const de: typeof en = {
  retry: 'Erneut versuchen',
  reload: 'Seite neu laden',
  notLoaded:
    'Ein Teil der Seite konnte nicht geladen werden. Der Server ist vielleicht fort oder hat eine neuere Version.',
  gone: 'Der Server antwortet nicht. Sie sehen, was zuletzt gelesen wurde. Die Seite versucht es von selbst wieder.',
  slow: 'Der Server hat eine Minute lang nicht geantwortet. Wählen Sie einen kürzeren Zeitraum, oder versuchen Sie es erneut.',
  waiting: 'Der Server antwortet langsam…',
  locked: 'Das Token ist nicht mehr gültig.',
  forbidden: 'Ihr Token erlaubt das nicht.',
  expensive:
    'Das ist zu viel für eine Abfrage. Wählen Sie einen kürzeren Zeitraum; hilft das nicht, bitten Sie den Betreiber, die Grenze anzuheben.',
  busy: 'Zu viele Anfragen auf einmal. Die Seite versucht es von selbst wieder.',
  input:
    'Die Suche kann nicht gelesen werden. Schreiben Sie eine Nummer mit Landesvorwahl (+49…), oder suchen Sie sie als Text.',
  serverWords: 'In den Worten des Servers (englisch)',
  archive: 'Das Archiv antwortet nicht. Bitten Sie den Betreiber, die Datenbank zu prüfen.',
  upstream: 'Eine Quelle konnte nicht gelesen werden.',
  unknown: 'Etwas Unerwartetes ist geschehen.',
  clock: (difference, isAhead) =>
    `Die Uhr dieses Geräts geht ${difference} ${isAhead ? 'vor' : 'nach'}. „Heute“ folgt der Uhr des Servers; stellen Sie die Uhr dieses Geräts.`,
}

export const problems = { en, de }
