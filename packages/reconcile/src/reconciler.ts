import { WaybillError } from '@waybill/core'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js'
import type { LogEntry } from './entry.js'
import type { Finding, Summary } from './finding.js'
import type { HistoryMessage } from './history-message.js'
import { Judge } from './judge/judge.js'
import { AsideEntries } from './match/aside-entries.js'
import { ItemBuffer } from './match/item-buffer.js'
import { GroupStage } from './match/group-stage.js'
import { compareEntry, compareMessage } from './compare/compared.js'
import type { BufferedItem } from './match/buffered-item.js'
import { IdentifierStage } from './match/identifier-stage.js'
import { MessageIndex } from './match/message-index.js'
import { referenceRule } from './match/reference-rule.js'
import type { MatchingStage } from './match/matching-stage.js'
import { TEXT_RULE } from './match/text-rule.js'
import { readOptions, type ReconcileOptions, type Settings } from './options.js'
import { SummaryCount } from './summary-count.js'

const BEGINNING: Checkpoint = {
  entries: 0,
  messages: 0,
  time: null,
  summary: { entries: 0, unclaimed: 0, verdicts: {}, matchedFailed: 0 },
  held: [],
  aside: { entries: [], taken: [], hasOpen: false, hasLackingId: false },
}

/**
 * Matches entries with messages as they are added, and holds only what is within a few windows of the latest of them.
 * Everything that has a time is added in order of time; what has the same time, entries first. {@link reconcile} does so.
 */
export class Reconciler {
  readonly #settings: Settings
  readonly #buffer = new ItemBuffer()
  readonly #index = new MessageIndex()
  readonly #aside: AsideEntries
  readonly #stages: readonly MatchingStage[]
  readonly #judge: Judge
  readonly #count: SummaryCount
  #entries: number
  #messages: number
  #time: number | null

  /**
   * @param checkpoint - what `checkpoint()` returned, to go on from there with the same options.
   * @throws WaybillError BAD_USER_INPUT for options that cannot be, or a checkpoint that does not belong to them.
   */
  constructor(options: ReconcileOptions, checkpoint?: string) {
    this.#settings = readOptions(options)
    const state = checkpoint === undefined ? BEGINNING : readCheckpoint(checkpoint, this.#settings)
    this.#entries = state.entries
    this.#messages = state.messages
    this.#time = state.time
    this.#count = new SummaryCount(state.summary)
    this.#aside = new AsideEntries(this.#settings.displaced, state.aside)
    for (const item of state.held) this.#hold(item)
    this.#stages = [
      new IdentifierStage(this.#buffer, this.#index, this.#aside, this.#settings),
      ...[referenceRule(), TEXT_RULE].map(
        (rule, index) => new GroupStage(index + 1, rule, this.#buffer, this.#settings),
      ),
    ]
    this.#judge = new Judge(this.#buffer, this.#stages.length, this.#settings)
    this.#judge.onDrop = (held) => this.#index.remove(held)
  }

  /** How many entries were added, those before the checkpoint included. */
  get entries(): number {
    return this.#entries
  }

  /** How many messages were added, those before the checkpoint included. */
  get messages(): number {
    return this.#messages
  }

  /**
   * Adds the next entry of the log.
   * @returns the findings that are certain now.
   * @throws RangeError where it is earlier than what was added before.
   */
  addEntry(entry: LogEntry): readonly Finding[] {
    this.#entries += 1
    const compared = compareEntry(entry)
    if (this.#aside.take(compared)) return []
    const time = compared.at ?? 0
    this.#checkOrder(time, `Entry ${entry.entry}`)
    return this.#add({ kind: 'entry', time, entry: compared, outcome: null, done: 0 })
  }

  /**
   * Adds the next message of the history. Those that were received are passed over.
   * @returns the findings that are certain now.
   * @throws RangeError where it is earlier than what was added before.
   */
  addMessage(message: HistoryMessage): readonly Finding[] {
    this.#messages += 1
    if (message.direction === 'INBOUND') return []
    this.#checkOrder(message.sentAt, `The message ${message.upstreamId} of ${message.source}`)
    const compared = compareMessage(message)
    return this.#add({ kind: 'message', time: compared.sentAt, message: compared, state: 'open', done: 0 })
  }

  /** Ends log and history. @returns all remaining findings. */
  finish(): readonly Finding[] {
    const findings = this.#advance(Number.POSITIVE_INFINITY)
    for (const result of this.#aside.results()) findings.push(this.#judge.ofAside(result))
    for (const finding of findings) this.#count.add(finding)
    return findings
  }

  /** The counts of all findings so far, those before the checkpoint included. */
  summary(): Summary {
    return this.#count.summary()
  }

  /** Everything that is needed to go on later, as text. It is as large as what is held. */
  checkpoint(): string {
    return writeCheckpoint(
      {
        entries: this.#entries,
        messages: this.#messages,
        time: this.#time,
        summary: this.summary(),
        held: this.#buffer.items(),
        aside: this.#aside.state(),
      },
      this.#settings,
    )
  }

  #checkOrder(time: number, what: string): void {
    if (!Number.isSafeInteger(time))
      throw new WaybillError('BAD_USER_INPUT', `${what} has the time ${time}: give whole milliseconds.`)
    if (time < (this.#time ?? time))
      throw new RangeError(`${what} is earlier than what was added before it: sort by time first.`)
  }

  #add(item: BufferedItem): readonly Finding[] {
    this.#time = item.time
    this.#hold(item)
    const findings = this.#advance(item.time)
    for (const finding of findings) this.#count.add(finding)
    return findings
  }

  #hold(item: BufferedItem): void {
    this.#buffer.add(item)
    if (item.kind === 'message') this.#index.add(item)
  }

  /** @param horizon - everything earlier than this has been added. */
  #advance(horizon: number): Finding[] {
    let limit = this.#buffer.end
    let time = horizon
    for (const stage of this.#stages) {
      stage.advance(limit, time)
      limit = stage.released
      time = Math.min(time, this.#buffer.at(limit)?.time ?? horizon)
    }
    return [...this.#judge.judge(limit, time)]
  }
}
