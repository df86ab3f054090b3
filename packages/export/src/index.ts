export { type DescribedReport, describeReport } from './describe-report.js'
export { exportFile, type ExportChunk, type ExportJob } from './export-file.js'
export {
  DEFAULT_FIELDS,
  EXPORT_FIELD_NAMES,
  EXPORT_FIELDS_SCHEMA,
  type ExportedMessage,
  type ExportFieldName,
} from './fields.js'
export { type FileOptions, FORMAT_NAMES, type FormatInfo, type FormatName, FORMATS } from './format.js'
export { describeShift, SHIFT_REMEDY } from './findings/describe-shifts.js'
export type { FindingRow } from './findings/finding-columns.js'
export {
  encodeFindings,
  FINDING_FORMATS,
  type FindingFile,
  type FindingFormat,
  type Findings,
} from './findings/finding-formats.js'
export { CONCLUSIONS, type FindingsReport, type FindingsSource } from './findings/findings-report.js'
export { describeGaps, describeIncompleteness } from './incompleteness.js'
export {
  type DescribedQuery,
  describeQuery,
  type ExportQuery,
  namedSources,
  type SentSpan,
  sentSpan,
} from './query.js'
export {
  BEGINNING,
  type ExportPoint,
  type ExportStart,
  type ReadJob,
  type ReadPage,
  readMessages,
} from './read/read-messages.js'
export type { RetryOptions } from './read/retry.js'
export { addReports, COMPLETENESS_BY_GRAVITY, SOURCE_OUTCOMES, type SourceSummary } from './reports.js'
export { type CsvOptions, DEFAULT_CSV } from './text/csv.js'
export { keepText } from './text/spreadsheet-text.js'
export type { Cell } from './xlsx/sheet-writer.js'
export {
  encodeWorkbook,
  type ReportRow,
  type ReportSheet,
  type Workbook,
  type WorkbookColumn,
} from './xlsx/workbook.js'
