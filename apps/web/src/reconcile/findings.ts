import {
  type DoubtReason,
  DOUBT_REASONS,
  LOG_FIELDS,
  type LogField,
  type Rule,
  type Verdict,
  VERDICTS,
} from '@waybill/reconcile'
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
  /** The span that the reason holds for, in milliseconds since the epoch; null: without a bound. */
  readonly span: { readonly from: number | null; readonly to: number | null }
  readonly source: string | null
  /** The id of its message at the source. */
  readonly upstreamId: string | null
  /** The global ids of the messages that it names. */
  readonly messages: readonly string[]
  /** The entry that has the message of a repeated one; null for all others. */
  readonly duplicateOf: number | null
  /** Messages without an entry that resemble its entry. */
  readonly similarMessages: readonly Similar<string>[]
  /** Entries without a message that resemble its message. */
  readonly similarEntries: readonly Similar<number>[]
}

/** What resembles an entry or a message, and is no match: a message by its global id, an entry by its place. */
export interface Similar<Name extends string | number> {
  readonly name: Name
  /** The fields that both have, with different values. */
  readonly differs: readonly LogField[]
}

/** The entries that a finding is about or points to. */
export function entriesOf({
  entry,
  duplicateOf,
  similarEntries,
}: Pick<ShownFinding, 'entry' | 'duplicateOf' | 'similarEntries'>): number[] {
  return [entry, duplicateOf, ...similarEntries.map(({ name }) => name)].filter((one) => one !== null)
}

/** The findings of one verdict. */
export interface FindingGroup {
  readonly verdict: Verdict
  readonly count: number
  /** How many of MATCHED are about messages that failed; 0 for all other verdicts. */
  readonly failed: number
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
  /** How many are about an entry. */
  readonly entries: number
  /** How many are about a message that no entry claims. */
  readonly unclaimed: number
  /** Takes one line of the answer. */
  add(line: string): void
  /** Those so far, by verdict. */
  groups(): readonly FindingGroup[]
}

export function collectFindings(): FindingCollection {
  const counts = new Map<Verdict, number>()
  const kept = new Map<Verdict, ShownFinding[]>()
  let [entries, unclaimed, failed] = [0, 0, 0]
  return {
    get entries() {
      return entries
    },
    get unclaimed() {
      return unclaimed
    },
    add: (line) => {
      const finding = readFinding(line)
      if (finding.entry === null) unclaimed += 1
      else entries += 1
      const { verdict, status } = finding
      if (verdict === 'MATCHED' && status === 'FAILED') failed += 1
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
      const list = kept.get(verdict) ?? []
      if (list.length < MOST_KEPT) list.push(finding)
      kept.set(verdict, list)
    },
    groups: () =>
      ORDER.flatMap((verdict) => {
        const count = counts.get(verdict)
        if (count === undefined) return []
        return [
          {
            verdict,
            count,
            failed: verdict === 'MATCHED' ? failed : 0,
            findings: kept.get(verdict) ?? [],
          },
        ]
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
    span: spanOf(value['span']),
    source: textOf(value['source']),
    upstreamId: textOf(value['upstreamId']),
    messages: [value, ...candidates].flatMap((one) => textOf((one as { message?: unknown }).message) ?? []),
    duplicateOf: numberOf(value['duplicateOf']),
    similarMessages: similarOf(value['similarMessages'], ({ message }) => textOf(message)),
    similarEntries: similarOf(value['similarEntries'], ({ entry }) => numberOf(entry)),
  }
}

function spanOf(value: unknown): ShownFinding['span'] {
  const { from, to } = (value ?? {}) as Readonly<Record<string, unknown>>
  return { from: momentOf(from), to: momentOf(to) }
}

function momentOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  // A span from the beginning of all times has no beginning.
  return Number.isNaN(time) || time <= 0 ? null : time
}

function similarOf<Name extends string | number>(
  list: unknown,
  nameOf: (one: Readonly<Record<string, unknown>>) => Name | null,
): Similar<Name>[] {
  if (!Array.isArray(list)) return []
  return (list as readonly Readonly<Record<string, unknown>>[]).flatMap((one) => {
    const name = nameOf(one)
    const differs: readonly unknown[] = Array.isArray(one['differs']) ? one['differs'] : []
    return name === null ? [] : [{ name, differs: LOG_FIELDS.filter((field) => differs.includes(field)) }]
  })
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
