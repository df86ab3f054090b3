import { DOUBT_MEANINGS, type HistoryMessage, type LogEntry, VERDICT_MEANINGS } from '@waybill/reconcile'
import type { Cell } from '../xlsx/sheet-writer.js'

/** A finding, with what it is about. */
export interface FindingRow {
  /** The finding as a line of NDJSON. */
  readonly line: string
  /** Null for a message that no entry claims. */
  readonly entry: LogEntry | null
  /** The message that was found, or that no entry claims; null if none. */
  readonly message: HistoryMessage | null
}

/** A finding as it is written in NDJSON. */
interface WrittenFinding {
  readonly verdict: keyof typeof VERDICT_MEANINGS
  readonly because?: keyof typeof DOUBT_MEANINGS
  readonly reasons: readonly string[]
  readonly span?: { readonly from: string | null; readonly to: string | null }
  readonly candidates?: readonly NamedMessage[]
  readonly similarMessages?: readonly (NamedMessage & Differing)[]
  readonly similarEntries?: readonly ({ readonly entry: number } & Differing)[]
  readonly [field: string]: unknown
}

interface NamedMessage {
  readonly source: string
  readonly upstreamId: string
}

interface Differing {
  readonly differs: readonly string[]
}

interface Column {
  readonly name: string
  /** In characters. */
  readonly width: number
  /** Default: the field of the finding with that name. */
  readonly read?: (finding: WrittenFinding, row: FindingRow) => Cell
}

const COLUMNS: readonly Column[] = [
  { name: 'entry', width: 10 },
  { name: 'verdict', width: 18 },
  { name: 'meaning', width: 60, read: meaningOf },
  { name: 'reasons', width: 50, read: ({ reasons }) => listOf(reasons) },
  { name: 'similar', width: 40, read: similarOf },
  { name: 'loggedAt', width: 20, read: (_, { entry }) => momentOf(entry?.at) },
  { name: 'loggedTo', width: 18, read: (_, { entry }) => entry?.to ?? null },
  { name: 'loggedText', width: 50, read: (_, { entry }) => entry?.text ?? null },
  { name: 'loggedStatus', width: 14, read: (_, { entry }) => entry?.status ?? null },
  { name: 'loggedId', width: 16, read: (_, { entry }) => entry?.id ?? null },
  { name: 'loggedWhatsappId', width: 20, read: (_, { entry }) => entry?.whatsappId ?? null },
  { name: 'loggedReference', width: 16, read: (_, { entry }) => entry?.reference ?? null },
  { name: 'sentAt', width: 20, read: (_, { message }) => momentOf(message?.sentAt) },
  { name: 'to', width: 18, read: (_, { message }) => message?.to ?? null },
  { name: 'text', width: 50, read: (_, { message }) => message?.text ?? null },
  { name: 'status', width: 12 },
  { name: 'deltaSeconds', width: 14 },
  { name: 'source', width: 14 },
  { name: 'upstreamId', width: 16 },
  { name: 'rule', width: 12 },
  { name: 'confidence', width: 12 },
  { name: 'duplicateOf', width: 12 },
  { name: 'because', width: 16 },
  { name: 'spanFrom', width: 20, read: ({ span }) => timeOf(span?.from) },
  { name: 'spanTo', width: 20, read: ({ span }) => timeOf(span?.to) },
  { name: 'candidates', width: 40, read: ({ candidates = [] }) => listOf(candidates.map(nameOf)) },
  { name: 'message', width: 44 },
]

/** The columns of findings in a table, with their widths in characters. */
export const FINDING_COLUMNS: readonly { readonly name: string; readonly width: number }[] = COLUMNS

/** The cells of a finding, in the order of the columns. */
export function findingCells(row: FindingRow): Cell[] {
  const finding = JSON.parse(row.line) as WrittenFinding
  return COLUMNS.map(({ name, read }) => (read === undefined ? plain(finding[name]) : read(finding, row)))
}

function meaningOf({ verdict, because }: WrittenFinding): string {
  const meaning = VERDICT_MEANINGS[verdict]
  return because === undefined ? meaning : `${meaning} ${DOUBT_MEANINGS[because]}`
}

function similarOf({ similarMessages = [], similarEntries = [] }: WrittenFinding): string | null {
  return listOf([
    ...similarMessages.map((one) => `${nameOf(one)}${differencesOf(one)}`),
    ...similarEntries.map((one) => `entry ${one.entry}${differencesOf(one)}`),
  ])
}

function differencesOf({ differs }: Differing): string {
  return differs.length === 0 ? '' : ` (${differs.join(', ')} differs)`
}

function nameOf({ source, upstreamId }: NamedMessage): string {
  return `${source} ${upstreamId}`
}

function plain(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

function momentOf(time: number | null | undefined): Date | null {
  return time === null || time === undefined ? null : new Date(time)
}

function timeOf(value: string | null | undefined): Date | null {
  return value === null || value === undefined ? null : new Date(value)
}

function listOf(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join('; ')
}
