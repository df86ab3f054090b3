const en = {
  skip: 'Skip to the messages',
  panels: 'Views',
  sources: 'Sources',
  reconcile: 'Reconcile',
  download: 'Download',
  menu: 'Menu',
  language: 'Language',
  api: 'API for developers',
  close: 'Close',
  forgetToken: 'Forget the token',
  logOut: 'Log out',
}

const de: typeof en = {
  skip: 'Zu den Nachrichten springen',
  panels: 'Bereiche',
  sources: 'Quellen',
  reconcile: 'Abgleichen',
  download: 'Herunterladen',
  menu: 'Menü',
  language: 'Sprache',
  api: 'API für Entwickler',
  close: 'Schließen',
  forgetToken: 'Token vergessen',
  logOut: 'Abmelden',
}

export const shell = { en, de }
