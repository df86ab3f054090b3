/** Why a log cannot be read or compared, and what to do. Each follows `unreadable`; the last four follow `notCompared`. */
const en = {
  EMPTY: 'It has no entry. Choose a log with at least one.',
  SPREADSHEET:
    'It is a file of a spreadsheet program. Open it there, and save the sheet as CSV (in Excel: File, Save As, CSV UTF-8). Then choose that file.',
  COMPRESSED: 'It is a compressed file. Unpack it, and choose the file inside.',
  DOCUMENT:
    'It is a document, a picture or a recording. Export the log as CSV from the system that wrote it.',
  NOT_A_LOG: 'It is a file of another kind. Save the sheet as CSV, or write one JSON object a line (NDJSON).',
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
  COUNTRY: 'The country is unknown. Give its code of two letters, such as DE.',
  STALLED:
    'It arrived too slowly. Send it over a faster connection, or divide it by time and compare each part.',
  TOO_LARGE: 'It is too large for this server. Divide it by time and compare each part.',
  CONTENT:
    'Your token may compare by “id at the source” alone. Choose “not used” for recipient, text, WhatsApp id and own reference, or ask the operator for access to contents.',
}

const de: typeof en = {
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
    'Die Nummer kann nicht gelesen werden. Schreiben Sie sie mit Landesvorwahl (+49…), oder geben Sie das Land nationaler Nummern an.',
  TIME: 'Die Zeit kann nicht gelesen werden oder ist mehrdeutig. Schreiben Sie sie wie 2026-04-24T12:34:56Z, oder geben Sie die Zeitzone an.',
  NO_TIME_OF_DAY:
    'Es ist ein Tag ohne Uhrzeit. Wenn eine andere Spalte sie hat, wählen Sie in deren Menü „Uhrzeit“.',
  NO_DAY:
    'Es ist eine Uhrzeit ohne Tag. Wählen Sie im Menü der Spalte mit dem Tag „Zeit (oder Tag)“ und hier „Uhrzeit“.',
  TIME_ZONE: 'Die Zeitzone ist unbekannt. Geben Sie einen Namen wie Europe/Berlin an.',
  STATUS: 'Der Status ist unbekannt. Schreiben Sie sent, delivered, read oder failed.',
  COUNTRY: 'Das Land ist unbekannt. Geben Sie seine zwei Buchstaben an, wie DE.',
  STALLED:
    'Es kam zu langsam an. Senden Sie es über eine schnellere Verbindung, oder teilen Sie es nach der Zeit, und gleichen Sie jeden Teil ab.',
  TOO_LARGE: 'Es ist zu groß für diesen Server. Teilen Sie es nach der Zeit, und gleichen Sie jeden Teil ab.',
  CONTENT:
    'Ihr Token darf nur über die „ID bei der Quelle“ abgleichen. Wählen Sie „nicht verwendet“ für Empfänger, Text, WhatsApp-ID und eigene Referenz, oder bitten Sie den Betreiber um Zugriff auf Inhalte.',
}

export const faults = { en, de }
