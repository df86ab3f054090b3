import { type Finding, type LogEntry, normalizeText, type Summary } from '../../src/index.js'
import type { Truth, World } from './world.js'

const BEFORE = 2 * 60_000
const AFTER = 10 * 60_000

/** What was found in a world. */
export interface Outcome {
  readonly findings: readonly Finding[]
  readonly summary: Summary
}

/** How often the rule `text` was right. */
export interface TextScore {
  /** Entries that it gave a message. */
  matched: number
  /** Of these, those that it gave their own. */
  right: number
  /** Entries that nothing but the rule can match, and whose message is there. */
  matchable: number
  /** Of these, those that have their own message. */
  found: number
}

/** Everything that is wrong with the findings about a world, in the words of a set checker. */
export function checkWorld(world: World, { findings, summary }: Outcome, score: TextScore): string[] {
  return [
    ...checkCounts(world, findings, summary),
    ...checkClaims(world, findings),
    ...checkDistances(world, findings),
    ...checkTies(world, findings),
    ...checkExchanges(world, findings),
    ...world.entries.flatMap((entry) => {
      const truth = world.truths.get(entry.entry)
      const finding = findings.find((each) => each.entry === entry.entry)
      if (truth === undefined || finding === undefined) return []
      return checkEntry(world, entry, truth, finding, score)
    }),
    ...findings.flatMap((finding) => (finding.entry === null ? checkUnclaimed(world, finding) : [])),
  ]
}

function checkCounts(world: World, findings: readonly Finding[], summary: Summary): string[] {
  const entries = findings.flatMap(({ entry }) => entry ?? [])
  const sum = Object.values(summary.verdicts).reduce((a, b) => a + b, 0)
  return [
    ...(new Set(entries).size === entries.length && entries.length === world.entries.length
      ? []
      : [`counts: ${entries.length} findings for ${world.entries.length} entries`]),
    ...(sum === findings.length && summary.entries + summary.unclaimed === sum
      ? []
      : ['counts: the summary does not add up']),
  ]
}

/** Every message is claimed once, is a candidate, or has a finding of its own. */
function checkClaims(world: World, findings: readonly Finding[]): string[] {
  const claims = findings.filter(({ entry, verdict }) => entry !== null && verdict !== 'DUPLICATE_HERE')
  const claimed = claims.flatMap(({ message }) => message ?? [])
  const twice = claimed.filter((message, index) => claimed.indexOf(message) !== index)
  const own = findings.flatMap(({ entry, message }) => (entry === null ? (message ?? []) : []))
  const candidates = findings.flatMap((each) => each.candidates ?? []).map(({ message }) => message)
  const named = new Set([...claimed, ...own, ...candidates])
  const forgotten = world.messages.filter(({ id }) => !named.has(id))
  const both = own.filter((message) => claimed.includes(message))
  return [
    ...twice.map((message) => `claimed twice: ${message}`),
    ...forgotten.map(({ id }) => `forgotten: ${id}`),
    ...both.map((message) => `claimed and unclaimed: ${message}`),
  ]
}

/**
 * No two entries that the rule `text` matched would be nearer to their messages with these exchanged, and none is left
 * without a message that is nearer to it than to the entry that has it.
 */
function checkDistances(world: World, findings: readonly Finding[]): string[] {
  const pairs = textPairs(world, findings)
  const exchanged = pairs.flatMap((one) =>
    pairs.flatMap((other) => {
      const isAllowed = isWithin(one.at, other.sentAt) && isWithin(other.at, one.sentAt)
      const then = distance(one.at, other.sentAt) + distance(other.at, one.sentAt)
      const now = distance(one.at, one.sentAt) + distance(other.at, other.sentAt)
      return one.key === other.key && isAllowed && then < now ? [`not the nearest: entry ${one.name}`] : []
    }),
  )
  const lacking = findings.flatMap(({ entry, message, candidates }) => {
    const ours = world.entries.find((each) => each.entry === entry)
    if (message !== null || candidates !== undefined || ours === undefined || hasId(ours)) return []
    const at = ours.at ?? 0
    return pairs.flatMap((other) => {
      const isNearer =
        isWithin(at, other.sentAt) && distance(at, other.sentAt) < distance(other.at, other.sentAt)
      return isNearer && keyOf(ours) === other.key ? [`not the nearest: entry ${other.name}`] : []
    })
  })
  return [...exchanged, ...lacking]
}

interface TextPair {
  readonly name: number
  readonly key: string
  readonly at: number
  readonly sentAt: number
}

function textPairs(world: World, findings: readonly Finding[]): TextPair[] {
  return findings.flatMap(({ entry, message, rule, verdict }) => {
    const ours = world.entries.find((each) => each.entry === entry)
    const theirs = world.messages.find(({ id }) => id === message)
    if (rule !== 'text' || verdict === 'DUPLICATE_HERE' || !ours || !theirs) return []
    return [{ name: ours.entry, key: keyOf(ours), at: ours.at ?? 0, sentAt: theirs.sentAt }]
  })
}

/** Entries with a WhatsApp id are compared with none: a message may contradict it. */
function keyOf({ entry, to, text, whatsappId }: LogEntry): string {
  return (whatsappId ?? null) === null ? `${to}\n${normalizeText(text ?? '')}` : String(entry)
}

/** Where an entry is called missing, none of the same number and text is matched with what is as near to both. */
function checkTies(world: World, findings: readonly Finding[]): string[] {
  return findings.flatMap((missing) => {
    const ours = world.entries.find((each) => each.entry === missing.entry)
    if (missing.verdict !== 'MISSING_THERE' || ours === undefined || hasId(ours)) return []
    return findings.flatMap(({ entry, message, rule, verdict }) => {
      const other = world.entries.find((each) => each.entry === entry)
      const theirs = world.messages.find(({ id }) => id === message)
      if (rule !== 'text' || verdict === 'DUPLICATE_HERE' || !other || !theirs) return []
      const isAlike = other.to === ours.to && other.text === ours.text
      if (!isAlike || !isWithin(ours.at ?? 0, theirs.sentAt)) return []
      const isAsNear = distance(ours.at ?? 0, theirs.sentAt) === distance(other.at ?? 0, theirs.sentAt)
      return isAsNear ? [`arbitrary: entry ${ours.entry}`] : []
    })
  })
}

/**
 * No entry is called missing that could have the message of another one, where that one may have a message that nobody
 * knows.
 */
function checkExchanges(world: World, findings: readonly Finding[]): string[] {
  const pairs = textPairs(world, findings)
  return findings.flatMap((missing) => {
    const ours = world.entries.find((each) => each.entry === missing.entry)
    if (missing.verdict !== 'MISSING_THERE' || ours === undefined || hasId(ours)) return []
    const isInDoubt = pairs.some(
      ({ key, at, sentAt }) =>
        key === keyOf(ours) && isWithin(ours.at ?? 0, sentAt) && touchesDoubt(world, { ...ours, at }),
    )
    return isInDoubt ? [`missing in doubt by exchange: entry ${ours.entry}`] : []
  })
}

function distance(at: number, sentAt: number): number {
  return Math.abs(at - sentAt)
}

function checkEntry(
  world: World,
  entry: LogEntry,
  truth: Truth,
  finding: Finding,
  score: TextScore,
): string[] {
  const own = finding.message !== null && truth.messages.includes(finding.message)
  const faults: string[] = []
  if (finding.verdict === 'MISSING_THERE') {
    if (touchesDoubt(world, entry)) faults.push(`missing in doubt: entry ${entry.entry}`)
    if (truth.isVisible && hasId(entry)) faults.push(`missing by id: entry ${entry.entry}`)
  }
  const isReachable = world.messages.some(
    ({ id, sentAt }) => truth.messages.includes(id) && isWithin(entry.at ?? 0, sentAt),
  )
  if (finding.verdict === 'MISSING_THERE' && isReachable && isAlone(world, entry))
    faults.push(`missing though there: entry ${entry.entry}`)
  if (finding.because === 'NOT_TOLD' && isReachable && isAlone(world, entry) && isAllTold(world, truth))
    faults.push(`not told though listed: entry ${entry.entry}`)
  if (hasId(entry) && finding.message !== null && !own)
    faults.push(`wrong though the id is known: entry ${entry.entry}`)
  if (finding.verdict === 'CANNOT_TELL' && finding.because !== 'NOT_TOLD' && !isNearDoubt(world, entry))
    faults.push(`doubt without a reason: entry ${entry.entry}`)
  if (finding.rule !== null && finding.rule !== 'text' && finding.message !== null && !own)
    faults.push(`wrong by ${finding.rule}: entry ${entry.entry}`)
  if (finding.rule === 'text' && !isWithin(0, (finding.deltaSeconds ?? 0) * 1000))
    faults.push(`outside of the window: entry ${entry.entry}`)
  if (hasId(entry) && truth.isVisible && !own) faults.push(`not found by id: entry ${entry.entry}`)
  if (truth.isRepeated && truth.isVisible && hasId(entry) && finding.verdict !== 'DUPLICATE_HERE')
    faults.push(`repeated and ${finding.verdict}: entry ${entry.entry}`)
  if (own && truth.send.fate === 'deleted' && !truth.isRepeated && finding.verdict !== 'DELETED_THERE')
    faults.push(`deleted and ${finding.verdict}: entry ${entry.entry}`)
  countText(world, entry, truth, finding, own, score)
  return faults
}

function countText(
  world: World,
  entry: LogEntry,
  truth: Truth,
  finding: Finding,
  own: boolean,
  score: TextScore,
): void {
  if (truth.isRepeated) return
  if (finding.rule === 'text' && finding.message !== null && finding.verdict !== 'DUPLICATE_HERE') {
    score.matched += 1
    if (own) score.right += 1
  }
  const first = world.messages.find(({ id }) => truth.messages.includes(id))
  if (truth.send.loggedBy !== 'text' || first === undefined || first.to === null) return
  if (!isWithin(entry.at ?? 0, first.sentAt)) return
  score.matchable += 1
  if (own) score.found += 1
}

function checkUnclaimed(world: World, { verdict, message }: Finding): string[] {
  if (message === null) return ['unclaimed without a name']
  if (!['MISSING_HERE', 'DUPLICATE_THERE', 'CANNOT_TELL'].includes(verdict)) return [`unclaimed ${verdict}`]
  const byId = [...world.truths.values()].some(
    (truth) => truth.messages[0] === message && truth.send.loggedBy.startsWith('id'),
  )
  return byId ? [`unclaimed though named by id: ${message}`] : []
}

function isAllTold({ messages }: World, truth: Truth): boolean {
  const { fate, loggedBy } = truth.send
  const own = messages.filter(({ id }) => truth.messages.includes(id))
  return loggedBy === 'text' && fate !== 'edited' && own.every(({ to }) => to !== null)
}

/** Whether no other entry is near that may have taken its message. */
function isAlone({ entries }: World, { entry, to, at }: LogEntry): boolean {
  return !entries.some(
    (each) => each.entry !== entry && each.to === to && Math.abs((each.at ?? 0) - (at ?? 0)) < 2 * AFTER,
  )
}

function hasId({ id }: LogEntry): boolean {
  return (id ?? null) !== null
}

function isWithin(at: number, sentAt: number): boolean {
  return sentAt >= at - BEFORE && sentAt <= at + AFTER
}

/** Whether the entry touches a doubt, or one of the same number that it could exchange messages with. */
function isNearDoubt(world: World, entry: LogEntry): boolean {
  return world.entries.some(
    (each) =>
      (each.entry === entry.entry && touchesDoubt(world, each)) ||
      (!hasId(entry) &&
        each.to === entry.to &&
        Math.abs((each.at ?? 0) - (entry.at ?? 0)) <= BEFORE + AFTER &&
        touchesDoubt(world, each)),
  )
}

function touchesDoubt({ doubts }: World, { at }: LogEntry): boolean {
  if (at === null) return doubts.length > 0
  return doubts.some(({ from, to }) => (from ?? -Infinity) <= at + AFTER && (to ?? Infinity) >= at - BEFORE)
}
