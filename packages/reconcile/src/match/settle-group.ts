import type { Rule } from '../finding.js'
import type { Settings } from '../options.js'
import { pairVerdict } from '../compare/pair-verdict.js'
import { Alignment, type GroupEntry, type GroupMessage } from './assignment.js'
import { type ComparedEntry, referTo } from '../compare/compared.js'
import type { BufferedEntry, BufferedMessage } from './buffered-item.js'

/**
 * Assigns the open messages of a group to its open entries. Where best assignments give an entry different verdicts, it
 * is ambiguous; entries that equal a matched one in every field are its duplicates.
 */
export function settleGroup(
  entries: readonly BufferedEntry[],
  messages: readonly BufferedMessage[],
  rule: Rule,
  settings: Settings,
): void {
  if (entries.length === 0 || messages.length === 0) return
  const ranked = rank(entries)
  const { chosen, options, mayLack } = new Alignment(
    ranked,
    messages.map(groupMessage),
    settings.window,
  ).assign()
  const ambiguous: BufferedMessage[] = []
  for (const [index, held] of entries.entries()) {
    const possible = (options[index] ?? []).flatMap((at) => messages[at] ?? [])
    const message = messages[chosen[index] ?? -1]
    const verdicts = new Set(possible.map((each) => pairVerdict(held.entry, each.message, settings).verdict))
    if (verdicts.size > 1 || (mayLack[index] === true && possible.length > 0)) {
      const candidates = possible.map((each) => referTo(each.message))
      held.outcome = { kind: 'ambiguous', rule, candidates }
      ambiguous.push(...possible)
    } else if (message !== undefined) {
      held.outcome = { kind: 'paired', rule, message: message.message }
      message.state = 'claimed'
    }
  }
  for (const message of ambiguous) if (message.state === 'open') message.state = 'candidate'
  markTwins(entries, ranked, rule)
}

/** The alignment of a group, for those who cut it in two. */
export function alignGroup(
  entries: readonly BufferedEntry[],
  messages: readonly BufferedMessage[],
  settings: Settings,
): Alignment {
  return new Alignment(rank(entries), messages.map(groupMessage), settings.window)
}

/** How many entries before it each one equals in every field. */
function rank(entries: readonly BufferedEntry[]): GroupEntry[] {
  const counts = new Map<string, number>()
  return entries.map(({ time, entry }) => {
    const fields = allFields(entry)
    const before = counts.get(fields) ?? 0
    counts.set(fields, before + 1)
    return { time, rank: before, whatsappId: entry.whatsappId }
  })
}

function groupMessage({ time, message: { whatsappId } }: BufferedMessage): GroupMessage {
  return { time, whatsappId }
}

function allFields({ at, id, whatsappId, reference, status, to, text }: ComparedEntry): string {
  return JSON.stringify([at, id, whatsappId, reference, status, to, text])
}

function markTwins(entries: readonly BufferedEntry[], ranked: readonly GroupEntry[], rule: Rule): void {
  const paired = new Map<string, BufferedEntry>()
  for (const [index, held] of entries.entries()) {
    const fields = allFields(held.entry)
    const twin = paired.get(fields)
    if (held.outcome?.kind === 'paired') paired.set(fields, held)
    else if (held.outcome === null && (ranked[index]?.rank ?? 0) > 0 && twin?.outcome?.kind === 'paired')
      held.outcome = { kind: 'duplicate', rule, message: twin.outcome.message, of: twin.entry.entry }
  }
}
