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
  marks: 'What the marks mean',
  marksExplain: [
    ['↑', 'sent by us'],
    ['↓', 'received'],
    ['≈', 'contact derived from the conversation'],
    ['≥', 'at least: messages may be missing'],
    ['–', 'not chosen'],
  ],
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
  marks: 'Was die Zeichen bedeuten',
  marksExplain: [
    ['↑', 'von uns gesendet'],
    ['↓', 'empfangen'],
    ['≈', 'Kontakt aus der Unterhaltung abgeleitet'],
    ['≥', 'mindestens: es können Nachrichten fehlen'],
    ['–', 'nicht ausgewählt'],
  ],
}

export const shell = { en, de }
