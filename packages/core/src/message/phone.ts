import { isNoId, unwrapPhone } from './phone-links.js'

/** Reads the numbers of one country as people there write them, without the calling code. Core has no such tables. */
export interface NationalNumbers {
  /** The country, by its ISO 3166-1 code: `DE`. */
  readonly country: string
  /** Whether digits without a prefix are a whole international number: `4930…`, as WhatsApp writes them. */
  isInternational(digits: string): boolean
  /** `03023125380` is `+493023125380`; null where no number of the country is written so. */
  readNumber(digits: string): string | null
  /** The same for the beginning of a number: `030` is `+4930`. */
  readPrefix(digits: string): string | null
}

/** How phone numbers are read. */
export interface PhoneOptions {
  /** Reads national numbers. Default: they are refused. */
  readonly national?: NationalNumbers | undefined
}

/** What a text is, read as a phone number or as the id of an account. */
export type PhoneReading =
  /** A phone number, or the beginning of one, in the one form: `+<digits>`. */
  | { readonly kind: 'number'; readonly value: string }
  /** Something else that a message may come from: a group, a `@lid`, a name. Kept as it is. */
  | { readonly kind: 'id'; readonly value: string }
  /** Meant as a number, and none. `problem` is a full sentence that can follow the text. */
  | { readonly kind: 'invalid'; readonly problem: string }

/** The forms that {@link parsePhone} takes, for messages. */
export const PHONE_FORMS: readonly string[] = [
  'a number of 8 to 15 digits with its country code (+49 30 23125380, 0049 30 23125380, 493023125380, ' +
    'tel:+49-30-23125380, whatsapp:+493023125380, https://wa.me/493023125380, 493023125380@c.us, ' +
    '493023125380@s.whatsapp.net)',
  'an id that holds letters',
]

/** The forms that {@link parsePhonePrefix} takes, for messages. */
export const PHONE_PREFIX_FORMS: readonly string[] = [
  'the beginning of a number with its country code, of at most 15 digits (+49, 0049, 49, whatsapp:+49)',
  'the beginning of an id that holds letters',
]

/**
 * The one form of a phone number that an upstream sent: `+<digits>`, 8 to 15 of them. Whatever {@link parsePhone} does
 * not read as an international number is returned as it is.
 *
 * @example normalizePhone('14155552671') // '+14155552671'
 * @example normalizePhone('493023125380@s.whatsapp.net') // '+493023125380'
 * @example normalizePhone('120363040000000000@g.us') // '120363040000000000@g.us'
 */
export function normalizePhone(value: string): string {
  const reading = parsePhone(value)
  return reading.kind === 'number' ? reading.value : value
}

/**
 * Reads a phone number in any of the forms that people and WhatsApp's interfaces write: with `+`, with `00`, with the
 * digits alone; with spaces, dashes, dots, slashes and brackets of any script; behind `tel:`, `sms:` or `whatsapp:`, in a
 * link of `wa.me`, before `@c.us` or `@s.whatsapp.net`. A number that begins with a single 0, or with a bracket, is a
 * national one. What holds letters is an id, unless it is a link, a URI, or a number among words: that is invalid.
 *
 * Two numbers are the same only if all their digits are. Countries with several forms of one mobile number (Mexico's 52 and
 * 521, Argentina's 54 and 549, Brazil's ninth digit) have several numbers here.
 *
 * @example parsePhone('+49 (30) 231-25380') // { kind: 'number', value: '+493023125380' }
 * @example parsePhone('+49%') // { kind: 'invalid', problem: '…' }
 */
export function parsePhone(text: string, { national }: PhoneOptions = {}): PhoneReading {
  if (ENCODED.test(text)) return invalid(IS_ENCODED)
  if (SCIENTIFIC.test(visible(text))) return invalid(IS_SCIENTIFIC)
  const written = asWritten(text)
  if (written === null) return toId(text)
  const { body, isOfWhatsApp } = written
  if (!/^\+?\d+$/.test(body)) return invalid(NO_NUMBER)
  const digits = internationalDigits(body)
  if (digits !== null) return international(digits)
  if (!isNational(written)) {
    const isLocal = national !== undefined && !isOfWhatsApp && !national.isInternational(body)
    return toNumber(isLocal ? national.readNumber(body) : null) ?? international(body)
  }
  if (isOfWhatsApp) return invalid(NO_COUNTRY_CODE)
  if (national === undefined) return invalid(NO_COUNTRY)
  return (
    toNumber(national.readNumber(body)) ?? invalid(`this is no number of the country ${national.country}.`)
  )
}

/**
 * Reads the beginning of a phone number, in the forms of {@link parsePhone}: `0049`, `49`, `+49` and `whatsapp:+49` are
 * all `+49`, and `+` alone is the beginning of every number. A text with letters is the beginning of an id.
 */
export function parsePhonePrefix(text: string, { national }: PhoneOptions = {}): PhoneReading {
  if (text.length > MAX_PREFIX_LENGTH)
    return invalid(`a beginning has at most ${MAX_PREFIX_LENGTH} characters.`)
  if (ENCODED.test(text)) return invalid(IS_ENCODED)
  if (SCIENTIFIC.test(visible(text))) return invalid(IS_SCIENTIFIC)
  const written = text === '' ? null : asWritten(text)
  if (written === null) return toId(text)
  const { body, hasServer, isUri } = written
  if (hasServer) return invalid('what ends in "@" is a whole number; leave the ending out.')
  if (!/^\+?\d*$/.test(body) || (body === '' && !isUri)) return invalid(NO_NUMBER)
  const digits = internationalDigits(body) ?? (isNational(written) ? null : body)
  if (digits !== null) {
    if (digits.startsWith('0')) return invalid(NO_COUNTRY_CODE)
    if (digits.length > MOST_DIGITS) return invalid(lengthProblem(digits))
    return { kind: 'number', value: `+${digits}` }
  }
  if (national === undefined) return invalid(NO_COUNTRY)
  const value = national.readPrefix(body)
  return value === null
    ? invalid(`no number of the country ${national.country} begins like this.`)
    : { kind: 'number', value }
}

/** The longest value of `startsWith`, in UTF-16 code units. */
export const MAX_PREFIX_LENGTH = 200

const MOST_DIGITS = 15
const IS_ENCODED = 'this is percent-encoded, and is not decoded here: write "+" in place of "%2B".'
const IS_SCIENTIFIC = 'a spreadsheet or a program has shortened this number: write all of its digits.'
const NO_NUMBER = 'this is no phone number.'
const NO_ID = 'this is neither a phone number nor an id.'
const NO_COUNTRY_CODE = 'no country code begins with 0.'
const NO_COUNTRY =
  'this is a national number, and no country is configured to read it with: set "defaultCountry", or write the number ' +
  'with its country code.'

/** A text that is meant as a number, without what does not belong to it. */
interface Written {
  /** Digits, perhaps a plus sign, and whatever no number has. */
  readonly body: string
  /** Whether it began with a bracket around its first digits. */
  readonly isBracketed: boolean
  /** Whether it was in a URI or a link. */
  readonly isUri: boolean
  /** Whether the name of WhatsApp's server stood behind it. */
  readonly hasServer: boolean
  /** Whether it is in a form of WhatsApp's, in which every number has its country code. */
  readonly isOfWhatsApp: boolean
}

/** A plus sign or digits behind what a URL makes of a plus sign or a space: copied from a query string. */
const ENCODED = /^\s*(?:(?:tel|whatsapp)(?::|%3A))?(?:%20|%2B|\+)*%(?:20|2B)[+(]?\d/i
/** What spreadsheets and programs write for a long number, with either decimal mark: `4.915E+12`. */
const SCIENTIFIC = /^\+?(?:\d[.,]\d+e\+?\d{1,2}|\de\+\d{1,2})$/i
/** An account of WhatsApp, with the device where one is named: `493023125380:12@s.whatsapp.net`. */
const SERVER = /(?:(?:\.\d{1,3})?:\d{1,5})?@(?:c\.us|s\.whatsapp\.net)$/i
/** Marks that cannot be seen, which come along when a number is copied: of writing direction, joiners, soft hyphens. */
const INVISIBLE = /[\p{Cf}\uFE0E\uFE0F]/gu
const SEPARATORS =
  /[\s\p{Zs}\p{Pd}\p{Ps}\p{Pe}./\u2212\u2044\u2215\u00B7\u2022\u30FB\u30FC\uFF0E\uFF0F\uFF5E~]/gu
const PLUS_SIGNS = /[\u207A\uFB29\uFE62\uFF0B]/g
/** The 0 of `+49 (0)30`, which is dialled only within the country. */
const TRUNK_ZERO = /^([+\d][^(]{0,12})\(0\)/

/** Null for what is not meant as a number. */
function asWritten(text: string): Written | null {
  const { number: withServer, isUri, isOfWhatsApp } = unwrapPhone(visible(text))
  const number = withServer.replace(SERVER, '')
  const hasServer = number !== withServer
  if (!isUri && !hasServer && !/^\+|^[^\p{L}@_]*$/u.test(number)) return null
  return {
    body: number
      .replaceAll('\uFF08', '(')
      .replaceAll('\uFF09', ')')
      .replace(TRUNK_ZERO, '$1')
      .replaceAll(SEPARATORS, ''),
    isBracketed: /^\p{Ps}/u.test(number),
    isUri,
    hasServer,
    isOfWhatsApp: hasServer || isOfWhatsApp,
  }
}

function visible(text: string): string {
  return toAsciiDigits(text.replaceAll(INVISIBLE, '').replaceAll(PLUS_SIGNS, '+')).trim()
}

function toId(text: string): PhoneReading {
  return isNoId(visible(text).normalize('NFKC')) ? invalid(NO_ID) : { kind: 'id', value: text }
}

/** The digits behind `+` or `00`; null where there is neither. */
function internationalDigits(body: string): string | null {
  if (body.startsWith('+')) return body.slice(1)
  return body.startsWith('00') ? body.slice(2) : null
}

function isNational({ body, isBracketed }: Written): boolean {
  return body.startsWith('0') || isBracketed
}

function international(digits: string): PhoneReading {
  if (digits.startsWith('0')) return invalid(NO_COUNTRY_CODE)
  return toNumber(`+${digits}`) ?? invalid(lengthProblem(digits))
}

function toNumber(value: string | null): PhoneReading | null {
  return value !== null && /^\+[1-9]\d{7,14}$/.test(value) ? { kind: 'number', value } : null
}

function lengthProblem({ length }: string): string {
  return `it has ${length} digit${length === 1 ? '' : 's'}, and a number has 8 to ${MOST_DIGITS}.`
}

function invalid(problem: string): PhoneReading {
  return { kind: 'invalid', problem }
}

/** Digits of any script in those of ASCII. Each script has its ten digits in a row. */
function toAsciiDigits(text: string): string {
  return text.replaceAll(/(?!\d)\p{Nd}/gu, (digit) => {
    const plain = digit.normalize('NFKC')
    if (/^\d$/.test(plain)) return plain
    const code = digit.codePointAt(0) ?? 0
    let value = 0
    while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1
    return `${value}`
  })
}
