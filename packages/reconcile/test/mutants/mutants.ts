import type { PlantedDefect } from '../../../../test/support/mutation.js'

/** A defect that is planted in the package, to see that the planted worlds notice. */
export interface Mutant extends PlantedDefect {
  readonly what: string
  /** The faults by which it may be noticed. */
  readonly noticed: RegExp
}

/** Every defect that the tests plant. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'greedy',
    what: 'each entry takes the nearest message that is left',
    file: 'match/settle-group.ts',
    find: '    const message = messages[chosen[index] ?? -1]\n',
    replace: `    const left = messages.filter((each) => each.state === 'open')
    const within = left.filter(
      ({ time }) => time >= held.time - settings.window.beforeMs && time <= held.time + settings.window.afterMs,
    )
    const [message] = within.toSorted((a, b) => Math.abs(a.time - held.time) - Math.abs(b.time - held.time))
`,
    noticed: /^not the nearest/,
  },
  {
    name: 'membership',
    what: 'an entry is matched if some message has its number and text',
    file: 'match/settle-group.ts',
    find: '    const message = messages[chosen[index] ?? -1]\n',
    replace: '    const message = messages[Math.max(0, chosen[index] ?? 0)]\n',
    noticed: /^claimed twice|^outside of the window/,
  },
  {
    name: 'gap-ignored',
    what: 'an entry is called missing although the history has a gap there',
    file: 'judge/judge.ts',
    find: 'const doubt = this.#doubts.gravest(span)',
    replace: 'const doubt = this.#doubts.gravest({ from: 0, to: 0 })',
    noticed: /^missing in doubt/,
  },
  {
    name: 'doubt-at-the-time-alone',
    what: 'only the time of the entry is looked at, not its whole window',
    file: 'judge/judge.ts',
    find: 'const doubt = this.#doubts.gravest(span)',
    replace: 'const doubt = this.#doubts.gravest({ from: entry.at, to: entry.at })',
    noticed: /^missing in doubt/,
  },
  {
    name: 'exchange-ignored',
    what: 'the gap that another entry touches is ignored, although that one may have got the message',
    file: 'judge/judge.ts',
    find: 'const span = this.#spanOf(entry)',
    replace: 'const span = this.#windowOf(entry)',
    noticed: /^missing in doubt by exchange/,
  },
  {
    name: 'first-doubt-alone',
    what: 'a doubt that began long ago is passed over for a later one',
    file: 'judge/doubt-index.ts',
    find: 'if ((this.#latest[at] ?? -Infinity) < (from ?? -Infinity)) break',
    replace: 'if ((this.#spans[at]?.to ?? -Infinity) < (from ?? -Infinity)) break',
    noticed: /^missing in doubt/,
  },
  {
    name: 'window-one-sided',
    what: 'messages that are earlier than their entry are not considered',
    file: 'match/assignment.ts',
    find: 'time - window.beforeMs',
    replace: 'time',
    noticed: /^not told though listed/,
  },
  {
    name: 'zone-ignored',
    what: 'the time zone of the log is ignored',
    file: 'log/times.ts',
    find: 'const value = zone(utc)',
    replace: 'const value = zone(utc) === 0 ? 0 : utc',
    noticed: /^not found by id|^missing by id|^missing though there/,
  },
  {
    name: 'identifier-after-text',
    what: 'an entry that names an id is matched by number and text too',
    file: 'match/text-rule.ts',
    find: '(id === null ? textKey(to, text) : null)',
    replace: '(id === null ? textKey(to, text) : textKey(to, text))',
    noticed: /^wrong though the id is known/,
  },
  {
    name: 'claimed-by-id-stays',
    what: 'a message that was claimed by its id can be claimed again',
    file: 'match/identifier-stage.ts',
    find: "choice.state = 'claimed'",
    replace: "choice.state = 'open'",
    noticed: /^claimed (twice|and unclaimed)/,
  },
  {
    name: 'displaced-stays',
    what: 'a message that an entry far away names can be claimed by number and text',
    file: 'match/aside-entries.ts',
    find: 'if (this.#displacedKeys.has(key)) {',
    replace: 'if (this.#displacedKeys.has(`${key} `)) {',
    noticed: /^claimed (twice|and unclaimed)/,
  },
  {
    name: 'markup-counts',
    what: 'HTML counts as text',
    file: 'compare/normalize-text.ts',
    find: "text.includes('<')",
    replace: 'text.length < 0',
    noticed: /^missing though there/,
  },
  {
    name: 'ambiguity-hidden',
    what: 'one of several equally good assignments is taken for the only one',
    file: 'match/settle-group.ts',
    find: '(mayLack[index] === true && possible.length > 0)',
    replace: '(mayLack[index] === true && possible.length < 0)',
    noticed: /^arbitrary/,
  },
  {
    name: 'untold-is-missing',
    what: 'a message of unknown number is not considered before an entry is called missing',
    file: 'judge/surroundings.ts',
    find: 'if (!mayBe(entry, item.message) ||',
    replace: 'if (!mayBe(entry, item.message) || entry.entry > 0 ||',
    noticed: /^missing though there/,
  },
  {
    name: 'repeated-entry-is-missing',
    what: 'an entry that names a claimed message is not its duplicate',
    file: 'match/identifier-stage.ts',
    find: 'if (open.length === 0) {',
    replace: 'if (open.length === 0) return\n    if (open.length < 0) {',
    noticed: /^repeated and|^missing by id|^not found by id/,
  },
]
