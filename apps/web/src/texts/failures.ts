/**
 * What WhatsApp's codes mean, by Meta's list of them (developers.facebook.com, "WhatsApp error codes"), in our words. A code that
 * is not there is not explained. 470 is the code of the earlier On-Premises API for what is 131047 now.
 */
const en = {
  title: 'What the code means, by WhatsApp’s documentation',
  isTemplate:
    'The source lists this message as a template, which the code does not fit: ask the provider of the source.',
  codes: {
    '470':
      'More than 24 hours had passed since the recipient last wrote, and only a template message is delivered then. Send a template message.',
    '130429': 'More messages were sent than WhatsApp takes at once. Send more slowly, or again later.',
    '130472': 'WhatsApp did not send the message as part of an experiment that this recipient is in.',
    '131026':
      'WhatsApp cannot deliver to the recipient. Possible reasons: the number is not on WhatsApp, the recipient has not accepted its current terms, or uses an old version of the app.',
    '131031': 'WhatsApp has locked the account of the sender.',
    '131042': 'There is a problem with the payment of the sender’s account. Check its billing settings.',
    '131047':
      'More than 24 hours have passed since the recipient last wrote to this number. Send a template message.',
    '131048':
      'WhatsApp limits how many messages this number may send. Perhaps too many earlier ones were blocked or reported as spam.',
    '131049':
      'WhatsApp chose not to deliver the message: it limits how many marketing messages a person gets. Do not send it again at once.',
    '131050': 'The recipient has stopped marketing messages from this sender.',
    '131051': 'WhatsApp does not support messages of this type.',
    '131056':
      'Too many messages were sent from this number to this recipient in a short time. Wait before sending again.',
    '132001': 'The template does not exist in this language, or has not been approved.',
  },
}

const de: typeof en = {
  title: 'Was der Code laut WhatsApps Dokumentation bedeutet',
  isTemplate:
    'Die Quelle führt diese Nachricht als Vorlage, wozu der Code nicht passt: Fragen Sie den Anbieter der Quelle.',
  codes: {
    '470':
      'Der Empfänger hatte seit mehr als 24 Stunden nicht geschrieben, und dann wird nur eine Vorlage zugestellt. Senden Sie eine Vorlage.',
    '130429':
      'Es wurden mehr Nachrichten gesendet, als WhatsApp auf einmal annimmt. Senden Sie langsamer oder später noch einmal.',
    '130472': 'WhatsApp hat die Nachricht im Rahmen eines Experiments mit diesem Empfänger nicht gesendet.',
    '131026':
      'WhatsApp kann dem Empfänger nicht zustellen. Mögliche Gründe: Die Nummer ist nicht bei WhatsApp, der Empfänger hat die aktuellen Bedingungen nicht angenommen, oder seine App ist veraltet.',
    '131031': 'WhatsApp hat das Konto des Absenders gesperrt.',
    '131042':
      'Mit der Bezahlung für das Konto des Absenders stimmt etwas nicht. Prüfen Sie die Abrechnungseinstellungen.',
    '131047':
      'Seit der letzten Nachricht des Empfängers an diese Nummer sind mehr als 24 Stunden vergangen. Senden Sie eine Vorlage.',
    '131048':
      'WhatsApp begrenzt, wie viele Nachrichten diese Nummer senden darf. Vielleicht wurden zu viele frühere blockiert oder als Spam gemeldet.',
    '131049':
      'WhatsApp hat entschieden, die Nachricht nicht zuzustellen: Es begrenzt, wie viele Werbenachrichten jemand bekommt. Senden Sie sie nicht gleich noch einmal.',
    '131050': 'Der Empfänger hat Werbenachrichten dieses Absenders abbestellt.',
    '131051': 'WhatsApp unterstützt Nachrichten dieser Art nicht.',
    '131056':
      'In kurzer Zeit gingen zu viele Nachrichten von dieser Nummer an diesen Empfänger. Warten Sie, bevor Sie wieder senden.',
    '132001': 'Die Vorlage gibt es in dieser Sprache nicht, oder sie wurde nicht genehmigt.',
  },
}

export const failures = { en, de }
