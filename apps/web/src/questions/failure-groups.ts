import type { SurveyedMessageFragment } from '../api/operations.js'
import { readFailure } from '../parts/failure.js'
import { shortText } from '../parts/short-text.js'

/** Messages that failed for one reason. */
export interface FailureGroup {
  readonly code: string | null
  /** The words that come with it most often; null where no source gives any. */
  readonly words: string | null
  /** How many messages of each source, by its label. */
  readonly sources: ReadonlyMap<string, number>
  /** The ids of the messages, newest first. */
  readonly ids: readonly string[]
}

/**
 * Groups messages that failed by their code, wherever their source writes it, and those without one by the words of the source. The
 * largest group is the first.
 *
 * @param messages newest first
 */
export function groupFailures(
  messages: readonly Pick<SurveyedMessageFragment, 'id' | 'failure' | 'source'>[],
): FailureGroup[] {
  const groups = new Map<string, OpenGroup>()
  for (const { id, failure, source } of messages) {
    const { code, words } = readFailure(failure ?? { code: null, reason: null })
    const shown = words === null ? null : shortText(words)
    const key = code === null ? `words ${shown ?? ''}` : `code ${code}`
    const group: OpenGroup = groups.get(key) ?? { code, words: new Map(), sources: new Map(), ids: [] }
    groups.set(key, group)
    if (shown !== null) add(group.words, shown)
    add(group.sources, source.label)
    group.ids.push(id)
  }
  return [...groups.values()]
    .map((group) => ({ ...group, words: mostFrequent(group.words) }))
    .toSorted((one, other) => other.ids.length - one.ids.length)
}

type Tally = Map<string, number>

interface OpenGroup {
  readonly code: string | null
  readonly words: Tally
  readonly sources: Tally
  readonly ids: string[]
}

function add(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1)
}

function mostFrequent(tally: Tally): string | null {
  const [first] = [...tally].toSorted(([, one], [, other]) => other - one)
  return first?.[0] ?? null
}
