const en = {
  title: 'A token is needed',
  explain: 'Ask the operator of this server for a token. It is kept for this browser session only.',
  refused: 'The server does not accept this token. It may have expired.',
  token: 'Token',
  enter: 'Open',
  loginTitle: 'Log in',
  loginExplain: 'You log in at your identity provider and come back to this view.',
  login: 'Log in',
  returning: 'Logging in…',
  tokenInstead: 'Enter a token instead',
  needsHttps: 'To log in, open this page by https.',
  unreachable: 'The identity provider cannot be reached. Try again, or ask the operator.',
  loginRefused: 'The identity provider did not let you in.',
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
  loginTitle: 'Anmelden',
  loginExplain: 'Sie melden sich bei Ihrem Identitätsanbieter an und kommen zu dieser Ansicht zurück.',
  login: 'Anmelden',
  returning: 'Sie werden angemeldet…',
  tokenInstead: 'Stattdessen ein Token eingeben',
  needsHttps: 'Öffnen Sie diese Seite über https, um sich anzumelden.',
  unreachable:
    'Der Identitätsanbieter ist nicht erreichbar. Versuchen Sie es erneut, oder fragen Sie den Betreiber.',
  loginRefused: 'Der Identitätsanbieter hat die Anmeldung abgelehnt.',
  contentHidden:
    'Ihr Token hat keinen Zugriff auf Inhalte: Texte, vollständige Nummern und Gründe sind verborgen, und die Suche nach Text oder Nummer ist nicht möglich.',
}

export const access = { en, de }
