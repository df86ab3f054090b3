import type { SearchKind } from '../address/view.js'

/** What the search line means: a number of a person, a text, an id of a message, or an id of a conversation. */
export type Meaning = Exclude<SearchKind, 'auto'>

const SPELLED_NUMBER =
  /^(?:whatsapp:|https?:\/\/wa\.me\/|tel:)?[+(]?[\d\s().\-/\u00A0]+(?:@(?:c\.us|s\.whatsapp\.net))?$/i

/** Few enough digits belong to no number that can be called, but to the record of an upstream. */
const FEWEST_DIGITS = 8

const WHATSAPP_ID = /^wamid\.\S+$/

/** How a search line is read: as the person says, or else by what it looks like. */
export function meaningOf(search: string, as: SearchKind): Meaning {
  if (as !== 'auto') return as
  const text = withoutFormatting(search).trim()
  if (isWhatsappId(text)) return 'id'
  if (!isSpelledNumber(text)) return 'text'
  const digits = text.replace(/\D/g, '').length
  return digits >= FEWEST_DIGITS ? 'number' : 'text'
}

/** Whether it has nothing but the figures of a number and what stands between them. */
export function isSpelledNumber(text: string): boolean {
  return SPELLED_NUMBER.test(text)
}

/** Whether it is an id that WhatsApp gives to a message. */
export function isWhatsappId(text: string): boolean {
  return WHATSAPP_ID.test(text)
}

/** What else the line can be read as. */
export function otherMeanings(search: string, meaning: Meaning): readonly Meaning[] {
  const hasDigits = /\d/.test(search.replace(/[\s\-/().]/g, ''))
  const possible: Meaning[] = hasDigits ? ['number', 'text', 'id', 'conversation'] : ['text', 'id']
  return /\s/.test(search.trim()) && !hasDigits ? [] : possible.filter((one) => one !== meaning)
}

/** A number that is copied out of another program often brings invisible marks of direction with it. */
export function withoutFormatting(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, '')
}
