export * from './export-messages.js'
export { DEFAULT_FIELDS, EXPORT_FIELD_NAMES, type ExportedMessage, type ExportFieldName } from './fields.js'
export {
  createFormat,
  type CsvOptions,
  FORMAT_NAMES,
  type Format,
  type FormatName,
  formatOf,
} from './formats.js'
export { addIncompleteness, type Incompleteness, type IncompletenessEntry } from './incompleteness.js'
export { keepText } from './spreadsheet-text.js'
