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
  title: 'Ein Token wird gebraucht',
  explain:
    'Bitten Sie den Betreiber dieses Servers um ein Token. Es wird nur für diese Browsersitzung behalten.',
  refused: 'Der Server nimmt dieses Token nicht an. Es kann abgelaufen sein.',
  token: 'Token',
  enter: 'Öffnen',
  contentHidden:
    'Ihr Token hat keinen Zugang zu Inhalten: Texte, ganze Nummern und Gründe sind verborgen, und nach Text oder Nummer kann nicht gesucht werden.',
}

export const access = { en, de }
