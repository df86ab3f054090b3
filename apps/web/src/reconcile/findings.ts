import { type DoubtReason, DOUBT_REASONS, type Rule, type Verdict, VERDICTS } from '@waybill/reconcile'
import type { MessageStatus } from '../api/operations.js'
import { STATUSES } from '../address/view.js'

/** More findings of one verdict are counted and not kept: the whole result can be downloaded. */
const MOST_KEPT = 2000

/** A finding, as far as the page shows it. */
export interface ShownFinding {
  /** The place of the entry in the log, counted from 1; null for a message that no entry claims. */
  readonly entry: number | null
  readonly verdict: Verdict
  readonly rule: Rule | null
  readonly deltaSeconds: number | null
  readonly status: MessageStatus | null
  readonly reasons: readonly string[]
  readonly because: DoubtReason | null
  readonly source: string | null
  /** The id of its message at the source. */
  readonly upstreamId: string | null
  /** The global ids of the messages that it names. */
  readonly messages: readonly string[]
}

/** The findings of one verdict. */
export interface FindingGroup {
  readonly verdict: Verdict
  readonly count: number
  /** The first ones. */
  readonly findings: readonly ShownFinding[]
}

/** The order in which verdicts are shown: what needs a person first, and what is no entry of the log last. */
const ORDER: readonly Verdict[] = [
  'MISSING_THERE',
  'STATUS_DIFFERS',
  'FIELD_DIFFERS',
  'DUPLICATE_HERE',
  'DUPLICATE_THERE',
  'DELETED_THERE',
  'STALE',
  'AMBIGUOUS',
  'CANNOT_TELL',
  'PENDING',
  'OUTSIDE',
  'MATCHED',
  'MISSING_HERE',
]

/** Findings as they arrive. */
export interface FindingCollection {
  /** How many there are. */
  readonly count: number
  /** Takes one line of the answer. */
  add(line: string): void
  /** Those so far, by verdict. */
  groups(): readonly FindingGroup[]
}

export function collectFindings(): FindingCollection {
  const counts = new Map<Verdict, number>()
  const kept = new Map<Verdict, ShownFinding[]>()
  let count = 0
  return {
    get count() {
      return count
    },
    add: (line) => {
      const finding = readFinding(line)
      count += 1
      const { verdict } = finding
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      const list = kept.get(verdict) ?? []
      if (list.length < MOST_KEPT) list.push(finding)
      kept.set(verdict, list)
    },
    groups: () =>
      ORDER.flatMap((verdict) => {
        const of = counts.get(verdict)
        return of === undefined ? [] : [{ verdict, count: of, findings: kept.get(verdict) ?? [] }]
      }),
  }
}

const RULES: readonly Rule[] = ['id', 'whatsappId', 'reference', 'text']

/** @throws SyntaxError for a line that is no finding. */
function readFinding(line: string): ShownFinding {
  const value = JSON.parse(line) as Readonly<Record<string, unknown>>
  const verdict = oneOf(VERDICTS, value['verdict'])
  if (verdict === null) throw new SyntaxError('A line of the answer is not a finding.')
  const candidates = Array.isArray(value['candidates']) ? (value['candidates'] as readonly unknown[]) : []
  return {
    entry: numberOf(value['entry']),
    verdict,
    rule: oneOf(RULES, value['rule']),
    deltaSeconds: numberOf(value['deltaSeconds']),
    status: oneOf(STATUSES, value['status']),
    reasons: Array.isArray(value['reasons']) ? value['reasons'].map(String) : [],
    because: oneOf(DOUBT_REASONS, value['because']),
    source: textOf(value['source']),
    upstreamId: textOf(value['upstreamId']),
    messages: [value, ...candidates].flatMap((one) => textOf((one as { message?: unknown }).message) ?? []),
  }
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | null {
  return known.find((one) => one === value) ?? null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
