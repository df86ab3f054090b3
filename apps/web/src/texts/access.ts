const en = {
  title: 'A token is needed',
  explain: 'Ask the operator of this server for a token. It is kept for this browser session only.',
  refused: 'The server does not accept this token. It may have expired.',
  token: 'Token',
  enter: 'Open',
  contentHidden:
    'Your token has no access to contents: texts, full numbers and reasons are hidden, and searching by text or number is not possible.',
}

const de: typeof en = {
  title: 'Ein Token ist erforderlich',
  explain:
    'Bitten Sie den Betreiber dieses Servers um ein Token. Es wird nur für diese Browsersitzung gespeichert.',
  refused: 'Der Server akzeptiert dieses Token nicht. Möglicherweise ist es abgelaufen.',
  token: 'Token',
  enter: 'Öffnen',
  contentHidden:
    'Ihr Token hat keinen Zugriff auf Inhalte: Texte, vollständige Nummern und Gründe sind verborgen, und die Suche nach Text oder Nummer ist nicht möglich.',
}

export const access = { en, de }
