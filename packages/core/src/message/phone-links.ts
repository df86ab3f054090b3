/** A text without the link or the scheme around its phone number. */
export interface UnwrappedPhone {
  readonly number: string
  /** Whether a scheme or a link was around it, so that it is meant as a number whatever it holds. */
  readonly isUri: boolean
  /** Whether it is a form of WhatsApp's, in which every number has its country code. */
  readonly isOfWhatsApp: boolean
}

/** Patterns whose first group is the number. */
const OF_WHATSAPP: readonly RegExp[] = [
  /^(?:https?:\/\/)?(?:www\.)?wa\.me\/([^/?#]*)\/?(?:[?#].*)?$/is,
  /^(?:https?:\/\/)?(?:\w+\.)?whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=([^&#]*)/is,
  /^whatsapp:\/\/send\/?\?(?:[^#]*&)?phone=([^&#]*)/is,
  /^whatsapp:(?!\s*\/)(.*)$/is,
]
const OF_TELEPHONES: readonly RegExp[] = [
  // Extensions and sub-addresses are dialled behind the number, which stays the same one.
  /^tel:([^;?]*)(?:;(?:ext|isub)=[^;?]*)*$/is,
  /^(?:sms|smsto|mms|mmsto|callto):([^;?]*)(?:\?.*)?$/is,
  /^sips?:\s*(\+[^@;?]*)(?:@[^;?]*)?(?:[;?].*)?$/is,
]

/**
 * Takes a phone number out of a link or a URI in which it is unambiguous: `wa.me`, WhatsApp's `send` links, `whatsapp:`,
 * `tel:` (RFC 3966, with an extension), `sms:`, and `sip:` with an international number.
 *
 * @param text trimmed, with digits and plus signs of ASCII.
 *
 * @example unwrapPhone('https://wa.me/493023125380').number // '493023125380'
 */
export function unwrapPhone(text: string): UnwrappedPhone {
  const wrapped = (patterns: readonly RegExp[]): string | undefined =>
    patterns.map((pattern) => pattern.exec(text)?.[1]).find((number) => number !== undefined)
  const ofWhatsApp = wrapped(OF_WHATSAPP)
  if (ofWhatsApp !== undefined) {
    const number = ofWhatsApp.replaceAll(/%2B/gi, '+').replaceAll('%20', ' ')
    return { number: number.trim(), isUri: true, isOfWhatsApp: true }
  }
  const ofTelephones = wrapped(OF_TELEPHONES)
  return ofTelephones === undefined
    ? { number: text, isUri: false, isOfWhatsApp: false }
    : { number: ofTelephones.trim(), isUri: true, isOfWhatsApp: false }
}

/** What no upstream has in the id of an account. */
const NOT_IN_IDS: readonly RegExp[] = [
  // A URL, and a URI of the schemes for telephones and mail.
  /:\/\//,
  /^\W*(?:tel|sms|smsto|mms|mmsto|callto|sips?|whatsapp|facetime|skype|viber|xmpp|mailto|https?|ftp|urn)\s*:/i,
  // A host name, alone or with a path.
  /^\W*(?:www\.|wa\.me\b|(?:[\w-]+\.)*whatsapp\.com\b|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\/)/i,
  // A query or its parameters, also percent-encoded; wildcards; brackets and quotes of markup.
  /[?;&]\w+=|^\w+=\+?\d{8}|%(?:3A|2F|40)|^%(?![\da-f]{2})|%$|\*|[<>"{}|\\^`]/i,
  // A number behind or before words: `Alice +49 30 23125380`, `493023125380 ext. 12`.
  /\+[\s(]*\d/,
  /^@?[\d\s().-]{8,}(?:(?:x|ext)[.:]?\s*\d*)?$/i,
]

/** Longer texts are judged by their beginning, so that the patterns take no time. */
const LONGEST_JUDGED = 300

/** Whether a text that is no number can be no id either, as with a link to something else. */
export function isNoId(text: string): boolean {
  const judged = text.slice(0, LONGEST_JUDGED)
  return NOT_IN_IDS.some((pattern) => pattern.test(judged))
}
