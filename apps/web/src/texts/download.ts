import { plural } from './format.js'

const en = {
  format: 'Format',
  formats: {
    csv: 'CSV, for spreadsheets and most other programs',
    xlsx: 'XLSX, for Excel: with a sheet on completeness',
    ndjson: 'NDJSON, one JSON object a line, for programs',
    parquet: 'Parquet, for data warehouses',
  },
  what: (count: number, isBound: boolean): string =>
    `This downloads what the list shows: ${isBound ? 'at least ' : ''}${plural(count, 'message', 'messages')}.`,
  completeness: 'Before you rely on it',
  start: (format: string): string => `Download ${format}`,
  cancel: 'Cancel',
  waiting: 'Waiting for the first messages…',
  running: (size: string): string => `${size} so far…`,
  done: (name: string, size: string): string => `Saved as ${name}, ${size}.`,
  broken: 'The download broke off, and nothing was saved. Try again, or choose a shorter time.',
  script: 'For a script',
  scriptExplain: 'The same download on the command line. Set WAYBILL_TOKEN to your token.',
  noId: 'A search for an id cannot be downloaded. Search for a number or a text, or clear the search.',
}

const de: typeof en = {
  format: 'Format',
  formats: {
    csv: 'CSV, für Tabellenkalkulationen und die meisten anderen Programme',
    xlsx: 'XLSX, für Excel: mit einem Blatt zur Vollständigkeit',
    ndjson: 'NDJSON, ein JSON-Objekt je Zeile, für Programme',
    parquet: 'Parquet, für Data Warehouses',
  },
  what: (count, isBound) =>
    `Heruntergeladen wird, was die Liste zeigt: ${isBound ? 'mindestens ' : ''}${plural(count, 'Nachricht', 'Nachrichten')}.`,
  completeness: 'Bevor Sie sich darauf verlassen',
  start: (format) => `${format} herunterladen`,
  cancel: 'Abbrechen',
  waiting: 'Warten auf die ersten Nachrichten…',
  running: (size) => `Bisher ${size}…`,
  done: (name, size) => `Gespeichert als ${name}, ${size}.`,
  broken:
    'Der Download ist abgebrochen, und es wurde nichts gespeichert. Versuchen Sie es erneut, oder wählen Sie einen kürzeren Zeitraum.',
  script: 'Für ein Skript',
  scriptExplain: 'Derselbe Download auf der Kommandozeile. Setzen Sie WAYBILL_TOKEN auf Ihr Token.',
  noId: 'Eine Suche nach einer ID kann nicht heruntergeladen werden. Suchen Sie nach einer Nummer oder einem Text, oder leeren Sie die Suche.',
}

export const download = { en, de }
