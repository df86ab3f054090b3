const en = {
  skip: 'Skip to the messages',
  sources: 'Sources',
  reconcile: 'Reconcile',
  download: 'Download',
  menu: 'Menu',
  language: 'Language',
  api: 'API for developers',
  close: 'Close',
  signOut: 'Forget the token',
}

const de: typeof en = {
  skip: 'Zu den Nachrichten springen',
  sources: 'Quellen',
  reconcile: 'Abgleichen',
  download: 'Herunterladen',
  menu: 'Menü',
  language: 'Sprache',
  api: 'API für Entwickler',
  close: 'Schließen',
  signOut: 'Token vergessen',
}

export const shell = { en, de }
