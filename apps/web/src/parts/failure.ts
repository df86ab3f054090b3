/** Why a message failed, as a source says it. */
export interface SourceFailure {
  readonly code: string | null
  readonly reason: string | null
}

/** Why a message failed, its code and its words apart. */
export interface Failure {
  readonly code: string | null
  /** Null where the source gives the code alone. */
  readonly words: string | null
}

/** A code of WhatsApp among words: other numbers in a reason are no codes. */
const WHATSAPP = '(470|13\\d{4})'
const LEADING = new RegExp(
  `^(?:error )?(?:\\(#?${WHATSAPP}\\)|#?${WHATSAPP}(?=\\s*[:–—-]))\\s*[:–—-]?\\s*`,
  'i',
)
const TRAILING = new RegExp(`\\s*[([](?:#|(?:error )?code:? )?${WHATSAPP}[)\\]]\\.?$`, 'i')

/**
 * Reads a failure. Sources write the code beside the words, before them (`131026: Message undeliverable`) or behind them.
 *
 * @example readFailure({ code: null, reason: '(#131026) Message undeliverable' }) // { code: '131026', words: 'Message undeliverable' }
 */
export function readFailure({ code, reason }: SourceFailure): Failure {
  const text = reason?.trim() ?? ''
  if (text === '' || text === code) return { code, words: null }
  const found = LEADING.exec(text) ?? TRAILING.exec(text)
  const named = found?.[1] ?? found?.[2] ?? null
  if (found === null || (code !== null && named !== code)) return { code, words: text }
  const words = text.replace(found[0], '').trim()
  return { code: named, words: words === '' ? null : words }
}

/** A failure in one form, whichever way its source writes it: `Message undeliverable (131026)`; null where nothing is known. */
export function describeFailure(failure: SourceFailure | null): string | null {
  const { code, words } = readFailure(failure ?? { code: null, reason: null })
  if (words === null) return code
  return code === null ? words : `${words.replace(/\.$/, '')} (${code})`
}
