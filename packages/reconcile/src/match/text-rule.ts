import type { Grouping } from './group-stage.js'
import { textKey } from '../compare/compared.js'

/**
 * The rule `text`: the same number and the same text, the texts that a message had before it was edited included.
 * An entry that names an id is no other message's.
 */
export const TEXT_RULE: Grouping = {
  rule: 'text',
  entryKey: ({ id, to, text }) => (id === null ? textKey(to, text) : null),
  messageKeys: ({ to, text, pastTexts }) => {
    const keys = [text, ...pastTexts].map((each) => textKey(to, each))
    return [...new Set(keys.filter((key) => key !== null))]
  },
}
