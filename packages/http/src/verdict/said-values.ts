/** What a single value says by itself: yes, no, a number, "failed", or nothing at all. Words are compared without case. */
import { namesFailure } from './failure-words.js'

const FALSE_WORDS = setOf('false 0 no n f off')
const TRUE_WORDS = setOf('true 1 yes y t on')
const SUCCESS_WORDS = setOf('ok okay success successful succeeded fine done complete completed')
const NOTHING_WORDS = setOf('none null nil n/a -')
const NO_ERROR = /^noerrors?(?:found|occurred|reported)?$/

/** The number of a value, which may be sent as a text; null where it is none. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*-?\d{1,9}(?:\.0+)?\s*$/.test(value) ? Number(value) : null
}

/** Whether a number is one of HTTP's for an error. */
export function isHttpError(value: unknown): boolean {
  const number = numberOf(value)
  return number !== null && number >= 400 && number < 600
}

/** Whether a value is a plain yes: true, 1, a status of 2xx, "yes", "success". */
export function saysYes(value: unknown): boolean {
  const number = numberOf(value)
  if (value === true || number === 1 || (number !== null && number >= 200 && number < 300)) return true
  return typeof value === 'string' && (TRUE_WORDS.has(bare(value)) || isSuccessWord(value))
}

/** Whether a value is a plain no: false, 0, less than 0, "no", "failed". */
export function saysNo(value: unknown): boolean {
  const number = numberOf(value)
  if (value === false || (number !== null && number <= 0)) return true
  return typeof value === 'string' && (FALSE_WORDS.has(bare(value)) || isFailedWord(value))
}

/** Whether a value is a word for success, and nothing else. */
export function isSuccessWord(value: unknown): boolean {
  return typeof value === 'string' && SUCCESS_WORDS.has(bare(value))
}

/** Whether a value is a word for a failure: "error", "failed", "TOKEN_EXPIRED". */
export function isFailedWord(value: unknown): boolean {
  if (typeof value !== 'string' || NO_ERROR.test(bare(value))) return false
  return bare(value) === 'false' || namesFailure(value)
}

/** Every way of saying that there is no error, containers of nothing but such ways included. */
export function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true
  if (typeof value === 'object') return Object.values(value).every(saysNothing)
  const number = numberOf(value)
  if (number !== null) return number === 0 || (number >= 200 && number < 300)
  return typeof value === 'string' && saysNothingInWords(bare(value))
}

function saysNothingInWords(word: string): boolean {
  const isPlain = word === '' || FALSE_WORDS.has(word) || SUCCESS_WORDS.has(word)
  return isPlain || NOTHING_WORDS.has(word) || NO_ERROR.test(word)
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.!]/g, '')
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
