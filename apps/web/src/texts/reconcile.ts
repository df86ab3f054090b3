import { plural } from './format.js'
import { language } from './language.js'

const en = {
  explain:
    'Drop a send log here (CSV or NDJSON): a list of the messages that your own system believes it has sent. Each entry is compared with the history, and you see what arrived, what differs, what is missing, and what cannot be known.',
  choose: 'Choose a log:',
  chooseOther: 'Another log:',
  unreadable: 'The log cannot be read.',
  details: 'Details',
  line: (line: string): string => `Line ${line}`,
  column: (name: string): string => `column “${name}”`,
  faults: {
    EMPTY: 'It has no entry. Choose a log with at least one.',
    SPREADSHEET:
      'It is a file of a spreadsheet program. Open it there, and save the sheet as CSV (in Excel: File, Save As, CSV UTF-8). Then choose that file.',
    COMPRESSED: 'It is a compressed file. Unpack it, and choose the file inside.',
    DOCUMENT:
      'It is a document, a picture or a recording. Export the log as CSV from the system that wrote it.',
    NOT_A_LOG:
      'It is a file of another kind. Save the sheet as CSV, or write one JSON object a line (NDJSON).',
    ENCODING: 'Some characters cannot be read. Choose the encoding below, or save the log as UTF-8.',
    COLUMNS:
      'Its columns cannot be used: a name is missing, occurs twice, or belongs to no column. Check the first line.',
    QUOTES: 'A quotation mark is not closed, or is inside a value. Double those inside.',
    WIDTH:
      'The line has more or fewer values than columns. Put values that contain the delimiter in quotation marks.',
    TOO_LONG: 'The entry is too long. Look for a quotation mark that is not closed.',
    NOT_JSON: 'The line is not a JSON object. Write one JSON object a line.',
    LOST_DIGITS:
      'The number has lost digits, as happens in spreadsheets. Format the column as text, then export it again.',
    NUMBER:
      'The number cannot be read. Write it with its country code (+49…), or give the country of national numbers.',
    TIME: 'The time cannot be read, or has more than one meaning. Write it as 2026-04-24T12:34:56Z, or give the time zone.',
    NO_TIME_OF_DAY:
      'It is a day without a time of day. If another column has it, choose “time of day” in the menu of that column.',
    NO_DAY:
      'It is a time of day without a day. Choose “time (or day)” in the menu of the column with the day, and “time of day” here.',
    TIME_ZONE: 'The time zone is unknown. Give a name such as Europe/Berlin.',
    STATUS: 'The status is unknown. Write sent, delivered, read or failed.',
  },
  readAs: (encoding: string): string => `Read it as ${encoding}`,
  mapping: 'How it is read',
  mappingExplain: 'The fields of the columns were guessed from their names. Correct what is wrong.',
  mappingProblems: {
    noNames:
      'The first line has values instead of the names of columns. Put a line with the names before it.',
    twice: 'Two columns have the same name. Rename one of them.',
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
  results: 'Findings',
  found: (entries: number, unclaimed: number): string =>
    [
      `${plural(entries, 'entry', 'entries')} of the log`,
      ...(unclaimed === 0 ? [] : [`${plural(unclaimed, 'message', 'messages')} without an entry`]),
    ].join(', and '),
  compared: (span: string): string =>
    `Compared with the history: ${span}. That is the time of the log, and a few minutes around it.`,
  comparedAll: 'Compared with the whole history: the log has no times.',
  completeness: (sources: string): string => `How complete the history was: ${sources}`,
  saving: (format: string): string => `Comparing once more for ${format}…`,
  notSaved: 'The file could not be made, and nothing was saved. Try again.',
  more: 'Show more',
  notAll: (count: string): string => `The first ${count} are shown. Download the result for all of them.`,
  entry: (entry: string): string => `Entry ${entry}`,
  message: (source: string, id: string): string => `${source}, id ${id}`,
  delta: (seconds: string, isLater: boolean): string =>
    `${seconds} s ${isLater ? 'later' : 'earlier'} than logged`,
  reasons: {
    differs: (field: string): string => `${field} differs`,
    notListed: (field: string): string => `not listed there: ${field}`,
    textEdited: 'the text was edited later',
    apart: (seconds: string): string => `the times are ${seconds} s apart, which is too much`,
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
  verdicts: {
    MATCHED: { title: 'Matched', meaning: 'The message is in the history and agrees.' },
    STATUS_DIFFERS: {
      title: 'Status differs',
      meaning: 'The message has an earlier status than logged, or a different final one.',
    },
    FIELD_DIFFERS: {
      title: 'Field differs',
      meaning: 'An id matches, but another field differs.',
    },
    DUPLICATE_HERE: {
      title: 'Twice in the log',
      meaning: 'The message already belongs to an earlier entry.',
    },
    DUPLICATE_THERE: { title: 'Twice in the history', meaning: 'A logged message was sent more than once.' },
    AMBIGUOUS: { title: 'Ambiguous', meaning: 'Several messages fit equally well.' },
    MISSING_THERE: {
      title: 'Missing in the history',
      meaning: 'The history is complete for that time, and has no such message.',
    },
    MISSING_HERE: { title: 'Missing in the log', meaning: 'The history has a message that no entry claims.' },
    PENDING: { title: 'Pending', meaning: 'Sent recently; it is not yet known whether it arrived.' },
    STALE: { title: 'Stale', meaning: 'Sent long ago; it should be known by now whether it arrived.' },
    DELETED_THERE: { title: 'Deleted', meaning: 'The message was deleted.' },
    OUTSIDE: { title: 'Not judged', meaning: 'The entry is outside the time that is judged.' },
    CANNOT_TELL: {
      title: 'Cannot tell',
      meaning: 'Not found in the history, but that proves nothing. Each entry shows the reason.',
    },
  },
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
  nearOthers: 'Other messages to this number around that time:',
  near: 'No message fits. Other messages to this number around that time:',
  nothingNear: 'No message to this number around that time.',
}

const de: typeof en = {
  explain:
    'Legen Sie hier ein Versandprotokoll ab (CSV oder NDJSON): eine Liste der Nachrichten, die Ihr eigenes System gesendet zu haben glaubt. Jeder Eintrag wird mit dem Verlauf abgeglichen, und Sie sehen, was ankam, was abweicht, was fehlt und was sich nicht sagen lässt.',
  choose: 'Ein Protokoll wählen:',
  chooseOther: 'Ein anderes Protokoll:',
  unreadable: 'Das Protokoll kann nicht gelesen werden.',
  details: 'Einzelheiten (englisch)',
  line: (line) => `Zeile ${line}`,
  column: (name) => `Spalte „${name}“`,
  faults: {
    EMPTY: 'Es hat keinen Eintrag. Wählen Sie ein Protokoll mit mindestens einem.',
    SPREADSHEET:
      'Es ist die Datei einer Tabellenkalkulation. Öffnen Sie sie dort, und speichern Sie die Tabelle als CSV (in Excel: Datei, Speichern unter, CSV UTF-8). Wählen Sie dann diese Datei.',
    COMPRESSED: 'Es ist eine komprimierte Datei. Entpacken Sie sie, und wählen Sie die Datei darin.',
    DOCUMENT:
      'Es ist ein Dokument, ein Bild oder eine Aufnahme. Exportieren Sie das Protokoll als CSV aus dem System, das es geschrieben hat.',
    NOT_A_LOG:
      'Es ist eine Datei anderer Art. Speichern Sie die Tabelle als CSV, oder schreiben Sie ein JSON-Objekt je Zeile (NDJSON).',
    ENCODING:
      'Manche Zeichen können nicht gelesen werden. Wählen Sie unten die Kodierung, oder speichern Sie das Protokoll als UTF-8.',
    COLUMNS:
      'Seine Spalten können nicht verwendet werden: Ein Name fehlt, kommt doppelt vor oder gehört zu keiner Spalte. Prüfen Sie die erste Zeile.',
    QUOTES:
      'Ein Anführungszeichen ist nicht geschlossen oder steht mitten in einem Wert. Verdoppeln Sie solche in Werten.',
    WIDTH:
      'Die Zeile hat mehr oder weniger Werte als Spalten. Setzen Sie Werte, die das Trennzeichen enthalten, in Anführungszeichen.',
    TOO_LONG: 'Der Eintrag ist zu lang. Suchen Sie ein Anführungszeichen, das nicht geschlossen ist.',
    NOT_JSON: 'Die Zeile ist kein JSON-Objekt. Schreiben Sie ein JSON-Objekt je Zeile.',
    LOST_DIGITS:
      'Die Zahl hat Ziffern verloren, wie es in Tabellen geschieht. Formatieren Sie die Spalte als Text, und exportieren Sie sie erneut.',
    NUMBER:
      'Die Nummer kann nicht gelesen werden. Schreiben Sie sie mit Ländervorwahl (+49…), oder geben Sie das Land nationaler Nummern an.',
    TIME: 'Die Zeit kann nicht gelesen werden oder ist mehrdeutig. Schreiben Sie sie wie 2026-04-24T12:34:56Z, oder geben Sie die Zeitzone an.',
    NO_TIME_OF_DAY:
      'Es ist ein Tag ohne Uhrzeit. Wenn eine andere Spalte sie hat, wählen Sie in deren Menü „Uhrzeit“.',
    NO_DAY:
      'Es ist eine Uhrzeit ohne Tag. Wählen Sie im Menü der Spalte mit dem Tag „Zeit (oder Tag)“ und hier „Uhrzeit“.',
    TIME_ZONE: 'Die Zeitzone ist unbekannt. Geben Sie einen Namen wie Europe/Berlin an.',
    STATUS: 'Der Status ist unbekannt. Schreiben Sie sent, delivered, read oder failed.',
  },
  readAs: (encoding) => `Als ${encoding} lesen`,
  mapping: 'Wie es gelesen wird',
  mappingExplain: 'Die Felder der Spalten wurden aus ihren Namen erraten. Korrigieren Sie, was falsch ist.',
  mappingProblems: {
    noNames:
      'In der ersten Zeile stehen Werte statt der Namen der Spalten. Setzen Sie eine Zeile mit den Namen davor.',
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
  country: 'Land für Nummern ohne Ländervorwahl',
  countryExample: 'z. B. DE',
  sources: 'Quellen für den Abgleich',
  allSources: 'Alle Quellen',
  start: 'Mit dem Verlauf abgleichen',
  comparing: 'Das Protokoll wird gesendet und abgeglichen…',
  reading: (count) => `Die Befunde werden gelesen: bisher ${count}`,
  broken:
    'Der Abgleich ist abgebrochen, und nur ein Teil der Befunde wird angezeigt. Versuchen Sie es erneut.',
  results: 'Befunde',
  found: (entries, unclaimed) =>
    [
      `${plural(entries, 'Eintrag', 'Einträge')} des Protokolls`,
      ...(unclaimed === 0 ? [] : [`${plural(unclaimed, 'Nachricht', 'Nachrichten')} ohne Eintrag`]),
    ].join(' und '),
  compared: (span) =>
    `Mit dem Verlauf abgeglichen: ${span}. Das ist die Zeit des Protokolls und einige Minuten davor und danach.`,
  comparedAll: 'Mit dem ganzen Verlauf abgeglichen: Das Protokoll hat keine Zeiten.',
  completeness: (sources) => `Wie vollständig der Verlauf war: ${sources}`,
  saving: (format) => `Für ${format} wird noch einmal abgeglichen…`,
  notSaved: 'Die Datei konnte nicht erstellt werden, und nichts wurde gespeichert. Versuchen Sie es erneut.',
  more: 'Mehr anzeigen',
  notAll: (count) =>
    `Die ersten ${count} werden angezeigt. Laden Sie das Ergebnis herunter, um alle zu sehen.`,
  entry: (entry) => `Eintrag ${entry}`,
  message: (source, id) => `${source}, ID ${id}`,
  delta: (seconds, isLater) => `${seconds} s ${isLater ? 'später' : 'früher'} als im Protokoll`,
  reasons: {
    differs: (field) => `${field}: weicht ab`,
    notListed: (field) => `dort nicht geliefert: ${field}`,
    textEdited: 'der Text wurde später geändert',
    apart: (seconds) => `die Zeiten liegen ${seconds} s auseinander, was zu viel ist`,
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
  verdicts: {
    MATCHED: { title: 'Gefunden', meaning: 'Die Nachricht steht im Verlauf und stimmt überein.' },
    STATUS_DIFFERS: {
      title: 'Anderer Status',
      meaning: 'Die Nachricht kam weniger weit, als das Protokoll angibt, oder sie endete anders.',
    },
    FIELD_DIFFERS: {
      title: 'Feld weicht ab',
      meaning: 'Eine ID stimmt überein, aber ein anderes Feld weicht ab.',
    },
    DUPLICATE_HERE: {
      title: 'Doppelt im Protokoll',
      meaning: 'Die Nachricht gehört schon zu einem früheren Eintrag.',
    },
    DUPLICATE_THERE: {
      title: 'Doppelt im Verlauf',
      meaning: 'Eine protokollierte Nachricht wurde mehrmals gesendet.',
    },
    AMBIGUOUS: { title: 'Mehrdeutig', meaning: 'Mehrere Nachrichten passen gleich gut.' },
    MISSING_THERE: {
      title: 'Fehlt im Verlauf',
      meaning: 'Der Verlauf ist für diese Zeit vollständig und hat keine solche Nachricht.',
    },
    MISSING_HERE: { title: 'Fehlt im Protokoll', meaning: 'Der Verlauf hat eine Nachricht ohne Eintrag.' },
    PENDING: { title: 'Ausstehend', meaning: 'Vor kurzem gesendet; ob sie ankam, ist noch nicht bekannt.' },
    STALE: { title: 'Überfällig', meaning: 'Vor langem gesendet; ob sie ankam, sollte bekannt sein.' },
    DELETED_THERE: { title: 'Gelöscht', meaning: 'Die Nachricht wurde gelöscht.' },
    OUTSIDE: { title: 'Nicht beurteilt', meaning: 'Der Eintrag liegt außerhalb der beurteilten Zeit.' },
    CANNOT_TELL: {
      title: 'Nicht feststellbar',
      meaning: 'Nicht im Verlauf gefunden, aber das beweist nichts. Bei jedem Eintrag steht der Grund.',
    },
  },
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
  nearOthers: 'Andere Nachrichten an diese Nummer um diese Zeit:',
  near: 'Keine Nachricht passt. Andere Nachrichten an diese Nummer um diese Zeit:',
  nothingNear: 'Keine Nachricht an diese Nummer um diese Zeit.',
}

/** Apart from the other texts, since they are loaded with the panel. */
export const reconcileTexts: typeof en = { en, de }[language]
