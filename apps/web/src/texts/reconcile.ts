import { plural } from './format.js'
import { language } from './language.js'
import { faults } from './log-faults.js'
import { verdicts } from './verdicts.js'

const en = {
  explain:
    'Drop a send log here (CSV or NDJSON): a list of the messages that your own system believes it has sent. Each entry is compared with the history (the messages that Waybill knows), and you see what arrived, what differs, what is missing, and what cannot be known.',
  choose: 'Choose a log:',
  chooseOther: 'Another log:',
  unreadable: 'The log cannot be read.',
  notCompared: 'The log cannot be compared.',
  fileChanged: 'The file has changed, or is gone, since you chose it. Choose it again.',
  details: 'Details',
  line: (line: string): string => `Line ${line}`,
  column: (name: string): string => `column “${name}”`,
  faults: faults.en,
  readAs: (encoding: string): string => `Read it as ${encoding}`,
  mapping: 'How it is read',
  mappingExplain: 'The fields of the columns were guessed from their names. Correct what is wrong.',
  mappingProblems: {
    noNames:
      'The first line has values instead of the names of columns. Put a line with the names before it.',
    quoted: 'Names and values are in single quotes. Write double quotes around them, or none.',
    twice: 'Two columns have the same name. Rename one of them.',
    ambiguous: 'Two columns have names of the same field. Choose in the menus which one it is.',
    unmatched:
      'Entries cannot be matched yet. Choose in the menus which column is an id, a WhatsApp id or your own reference, or else which ones are recipient and text.',
    noTime:
      'Choose in the menus which column is the time. If day and time of day are in two columns, choose both.',
  },
  firstEntries: 'The first entries of the log',
  fieldOf: (column: string): string => `Field of the column ${column}`,
  notUsed: 'not used',
  fields: {
    id: 'id at the source',
    whatsappId: 'WhatsApp id',
    reference: 'own reference',
    to: 'recipient',
    at: 'time (or day)',
    timeOfDay: 'time of day',
    text: 'text',
    status: 'status',
  },
  timeZone: 'Time zone of times without a zone',
  country: 'Country of numbers without a country code',
  countryExample: 'e.g. DE',
  sources: 'Sources to compare with',
  allSources: 'All sources',
  start: 'Compare with the history',
  comparing: 'Sending the log, and comparing it…',
  reading: (count: string): string => `Reading the findings: ${count} so far`,
  broken: 'The comparison broke off, and only a part of the findings is shown. Try again.',
  noAnswer: 'The log could not be compared, since the connection to the server broke off. Try again.',
  results: 'Findings',
  found: (entries: number, unclaimed: number): string =>
    [
      `${plural(entries, 'entry', 'entries')} of the log`,
      ...(unclaimed === 0 ? [] : [`${plural(unclaimed, 'message', 'messages')} without an entry`]),
    ].join(', and '),
  compared: (span: string): string =>
    `Compared with the history: ${span}. That is the time of the log, and a few minutes around it.`,
  comparedAll: 'Compared with the whole history, since some entries have no time.',
  shifted: (entries: number, length: string, isLater: boolean, span: string): string =>
    `The times of the log may be wrong: ${plural(entries, 'entry', 'entries')} would match messages that were sent ${length} ${isLater ? 'later' : 'earlier'} than logged (${span}).`,
  shiftRemedy:
    'If its times have no zone, choose the one in which they were written, under “Time zone of times without a zone”, and compare again. If they have a zone, they have to be corrected where the log is written.',
  completeness: (sources: string): string => `How complete the history was: ${sources}`,
  saving: (format: string): string =>
    `Comparing once more for ${format}. The file shows the history as it is now…`,
  notSaved: 'The file could not be made, and nothing was saved. Try again.',
  more: 'Show more',
  failed: (count: string): string => `${count} of them failed`,
  notAll: (count: string): string => `The first ${count} are shown. Download the result for all of them.`,
  entry: (entry: string): string => `Entry ${entry}`,
  message: (source: string, id: string): string => `${source}, id ${id}`,
  /** `length`: null where both times are the same. */
  delta: (length: string | null, isLater: boolean): string =>
    length === null ? 'at the logged time' : `${length} ${isLater ? 'later' : 'earlier'} than logged`,
  reasons: {
    differs: (field: string): string => `${field} differs`,
    notListed: (field: string): string => `not listed there: ${field}`,
    textEdited: 'the text was edited later',
    apart: (length: string): string => `the times are ${length} apart, which is too much`,
    statusUnknown: 'the status is not known in the history',
    statusDiffers: (ours: string, theirs: string): string => `${ours} in the log, ${theirs} in the history`,
  },
  rules: { id: 'by id', whatsappId: 'by WhatsApp id', reference: 'by reference', text: 'by number and text' },
  because: {
    FORBIDDEN: 'your token may not read the fields that decide',
    SOURCE_FAILED: 'the source could not be read',
    BEYOND_REACH: 'the history does not go back so far',
    GAP: 'the history has a gap there',
    UNPROVEN: 'the history was not compared with the source there',
    NOT_TOLD: 'the source does not list the field that decides',
    BUDGET: 'a limit on reading was reached',
    NOT_SETTLED: 'messages of that time may still arrive',
  },
  verdicts: verdicts.en,
  inTheLog: 'In the log',
  inTheHistory: 'In the history',
  entryNotShown: 'The entry cannot be shown here.',
  noCandidate: 'No message of the history fits.',
  belongsTo: (entry: string): string => `belongs to ${entry}`,
  entryInLine: (entry: string, line: string): string => `entry ${entry} (line ${line})`,
  entryOnly: (entry: string): string => `entry ${entry}`,
  showEntry: 'Show this entry',
  hasMessage: 'The entry that has the message',
  resemblesMessage: 'resembles a message without an entry',
  resemblesEntry: (entry: string): string => `resembles ${entry}`,
  similarMessages: 'No message fits. Messages without an entry that resemble it:',
  similarEntries: 'Entries without a message that resemble it',
  similarNote: 'These are hints, and no matches: check them yourself.',
  near: {
    around: 'Other messages sent to this number around that time, the nearest of each side:',
    newest: 'Other messages sent to this number, the newest ones:',
    none: 'No message to this number is known around that time.',
    noneEver: 'No message to this number is known.',
    national:
      'Other messages to this number are not searched for: it has no country code, and a country was chosen.',
  },
  noneFits: 'No message fits.',
  andMore: (count: number): string => `and ${plural(count, 'more message', 'more messages')}`,
  until: (time: string): string => `until ${time}`,
  since: (time: string): string => `from ${time} on`,
}

const de: typeof en = {
  explain:
    'Legen Sie hier ein Versandprotokoll ab (CSV oder NDJSON): eine Liste der Nachrichten, die Ihr eigenes System gesendet zu haben glaubt. Jeder Eintrag wird mit dem Verlauf (den Nachrichten, die Waybill kennt) abgeglichen, und Sie sehen, was ankam, was abweicht, was fehlt und was sich nicht sagen lässt.',
  choose: 'Ein Protokoll wählen:',
  chooseOther: 'Ein anderes Protokoll:',
  unreadable: 'Das Protokoll kann nicht gelesen werden.',
  notCompared: 'Das Protokoll kann nicht abgeglichen werden.',
  fileChanged: 'Die Datei wurde geändert oder entfernt, seit Sie sie gewählt haben. Wählen Sie sie erneut.',
  details: 'Einzelheiten (englisch)',
  line: (line) => `Zeile ${line}`,
  column: (name) => `Spalte „${name}“`,
  faults: faults.de,
  readAs: (encoding) => `Als ${encoding} lesen`,
  mapping: 'Wie es gelesen wird',
  mappingExplain: 'Die Felder der Spalten wurden aus ihren Namen erraten. Korrigieren Sie, was falsch ist.',
  mappingProblems: {
    noNames:
      'In der ersten Zeile stehen Werte statt der Namen der Spalten. Setzen Sie eine Zeile mit den Namen davor.',
    quoted: 'Namen und Werte stehen in einfachen Anführungszeichen. Schreiben Sie doppelte, oder keine.',
    ambiguous: 'Zwei Spalten heißen wie dasselbe Feld. Wählen Sie in den Menüs, welche es ist.',
    twice: 'Zwei Spalten haben denselben Namen. Benennen Sie eine davon um.',
    unmatched:
      'Die Einträge können noch nicht zugeordnet werden. Wählen Sie in den Menüs, welche Spalte eine ID, eine WhatsApp-ID oder Ihre eigene Referenz ist, oder welche Spalten Empfänger und Text sind.',
    noTime:
      'Wählen Sie in den Menüs, welche Spalte die Zeit ist. Wenn Tag und Uhrzeit in zwei Spalten stehen, wählen Sie beide.',
  },
  firstEntries: 'Die ersten Einträge des Protokolls',
  fieldOf: (column) => `Feld der Spalte ${column}`,
  notUsed: 'nicht verwendet',
  fields: {
    id: 'ID bei der Quelle',
    whatsappId: 'WhatsApp-ID',
    reference: 'eigene Referenz',
    to: 'Empfänger',
    at: 'Zeit (oder Tag)',
    timeOfDay: 'Uhrzeit',
    text: 'Text',
    status: 'Status',
  },
  timeZone: 'Zeitzone für Zeiten ohne Zonenangabe',
  country: 'Land für Nummern ohne Landesvorwahl',
  countryExample: 'z. B. DE',
  sources: 'Quellen für den Abgleich',
  allSources: 'Alle Quellen',
  start: 'Mit dem Verlauf abgleichen',
  comparing: 'Das Protokoll wird gesendet und abgeglichen…',
  reading: (count) => `Die Befunde werden gelesen: bisher ${count}`,
  broken:
    'Der Abgleich ist abgebrochen, und nur ein Teil der Befunde wird angezeigt. Versuchen Sie es erneut.',
  noAnswer:
    'Das Protokoll konnte nicht abgeglichen werden, weil die Verbindung zum Server abbrach. Versuchen Sie es erneut.',
  results: 'Befunde',
  found: (entries, unclaimed) =>
    [
      `${plural(entries, 'Eintrag', 'Einträge')} des Protokolls`,
      ...(unclaimed === 0 ? [] : [`${plural(unclaimed, 'Nachricht', 'Nachrichten')} ohne Eintrag`]),
    ].join(' und '),
  compared: (span) =>
    `Mit dem Verlauf abgeglichen: ${span}. Das ist die Zeit des Protokolls und einige Minuten davor und danach.`,
  comparedAll: 'Mit dem ganzen Verlauf abgeglichen, weil manche Einträge keine Zeit haben.',
  shifted: (entries, length, isLater, span) =>
    `Die Zeiten des Protokolls sind vielleicht falsch: ${plural(entries, 'Eintrag würde', 'Einträge würden')} zu Nachrichten passen, die ${length} ${isLater ? 'später' : 'früher'} als im Protokoll gesendet wurden (${span}).`,
  shiftRemedy:
    'Wenn seine Zeiten keine Zone haben, wählen Sie unter „Zeitzone für Zeiten ohne Zonenangabe“ die, in der sie geschrieben sind, und gleichen Sie noch einmal ab. Wenn sie eine Zone haben, müssen sie dort berichtigt werden, wo das Protokoll entsteht.',
  completeness: (sources) => `Wie vollständig der Verlauf war: ${sources}`,
  saving: (format) =>
    `Für ${format} wird noch einmal abgeglichen. Die Datei zeigt den Verlauf, wie er jetzt ist…`,
  notSaved: 'Die Datei konnte nicht erstellt werden, und nichts wurde gespeichert. Versuchen Sie es erneut.',
  more: 'Mehr anzeigen',
  failed: (count) => `davon ${count} fehlgeschlagen`,
  notAll: (count) =>
    `Die ersten ${count} werden angezeigt. Laden Sie das Ergebnis herunter, um alle zu sehen.`,
  entry: (entry) => `Eintrag ${entry}`,
  message: (source, id) => `${source}, ID ${id}`,
  delta: (length, isLater) =>
    length === null ? 'zur Zeit im Protokoll' : `${length} ${isLater ? 'später' : 'früher'} als im Protokoll`,
  reasons: {
    differs: (field) => `${field}: weicht ab`,
    notListed: (field) => `dort nicht geliefert: ${field}`,
    textEdited: 'der Text wurde später geändert',
    apart: (length) => `die Zeiten liegen ${length} auseinander, was zu viel ist`,
    statusUnknown: 'der Status ist im Verlauf nicht bekannt',
    statusDiffers: (ours, theirs) => `${ours} im Protokoll, ${theirs} im Verlauf`,
  },
  rules: {
    id: 'über die ID',
    whatsappId: 'über die WhatsApp-ID',
    reference: 'über die Referenz',
    text: 'über Nummer und Text',
  },
  because: {
    FORBIDDEN: 'Ihr Token darf die entscheidenden Felder nicht lesen',
    SOURCE_FAILED: 'die Quelle konnte nicht gelesen werden',
    BEYOND_REACH: 'der Verlauf reicht nicht so weit zurück',
    GAP: 'der Verlauf hat dort eine Lücke',
    UNPROVEN: 'der Verlauf wurde dort nicht mit der Quelle verglichen',
    NOT_TOLD: 'die Quelle liefert das entscheidende Feld nicht',
    BUDGET: 'eine Obergrenze für das Lesen wurde erreicht',
    NOT_SETTLED: 'Nachrichten dieser Zeit können noch eintreffen',
  },
  verdicts: verdicts.de,
  inTheLog: 'Im Protokoll',
  inTheHistory: 'Im Verlauf',
  entryNotShown: 'Der Eintrag kann hier nicht angezeigt werden.',
  noCandidate: 'Keine Nachricht des Verlaufs passt.',
  belongsTo: (entry) => `gehört zu ${entry}`,
  entryInLine: (entry, line) => `Eintrag ${entry} (Zeile ${line})`,
  entryOnly: (entry) => `Eintrag ${entry}`,
  showEntry: 'Diesen Eintrag zeigen',
  hasMessage: 'Der Eintrag, zu dem die Nachricht gehört',
  resemblesMessage: 'ähnelt einer Nachricht ohne Eintrag',
  resemblesEntry: (entry) => `ähnelt: ${entry}`,
  similarMessages: 'Keine Nachricht passt. Ähnliche Nachrichten ohne Eintrag:',
  similarEntries: 'Ähnliche Einträge ohne Nachricht',
  similarNote: 'Das sind Hinweise und keine Treffer: Prüfen Sie sie selbst.',
  near: {
    around: 'Andere Nachrichten an diese Nummer um diese Zeit, die nächsten auf jeder Seite:',
    newest: 'Andere Nachrichten an diese Nummer, die neuesten:',
    none: 'Um diese Zeit ist keine Nachricht an diese Nummer bekannt.',
    noneEver: 'Es ist keine Nachricht an diese Nummer bekannt.',
    national:
      'Andere Nachrichten an diese Nummer werden nicht gesucht: Sie hat keine Landesvorwahl, und ein Land wurde gewählt.',
  },
  noneFits: 'Keine Nachricht passt.',
  andMore: (count) => `und ${plural(count, 'weitere Nachricht', 'weitere Nachrichten')}`,
  until: (time) => `bis ${time}`,
  since: (time) => `ab ${time}`,
}

/** Apart from the other texts, since they are loaded with the panel. */
export const reconcileTexts: typeof en = { en, de }[language]
