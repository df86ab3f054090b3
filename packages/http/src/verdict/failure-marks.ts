/**
 * By what a body under a 2xx says that the request failed.
 *
 * Neither upstream documents such an answer, and every framework has its own, so all usual ones are read: a flag
 * (`success`, `ok`), a `status` in words or numbers, whatever is named `error`, a code, and, where nothing else is
 * there, unmistakable words. Names are compared without case, `_` and `-`. Each has its ways of saying "no error" too:
 * `error: null`, `errors: []`, `error_code: 0`, `status: 200`.
 */
import type { Envelope } from './envelope.js'
import { namesFailure, soundsLikeFailure } from './failure-words.js'

/** What the members of an envelope are about, by their names. */
const FLAGS = setOf('success ok successful succeeded issuccess')
const STATUSES = setOf('status statuscode httpstatus httpcode httpstatuscode')
/** Their numbers are counts or texts of other things; only words and `false` say something. */
const OUTCOMES = setOf('result state outcome statustext')
const ERRORS = setOf(
  'error errors err iserror haserror haserrors exception fault errormessage errormessages errormsg errordescription errordetail errordetails',
)
const ERROR_CODES = setOf('errorcode errcode errno')
const WORDS = setOf('message msg detail title description reason')

const FALSE_WORDS = setOf('false 0 no n f off')
const TRUE_WORDS = setOf('true 1 yes y t on')
const FINE_WORDS = setOf(
  'ok okay success successful succeeded fine done complete completed none null nil noerror noerrors n/a -',
)

/** A member of an envelope, its name without case and separators. */
export type Member = readonly [name: string, value: unknown]

/** The members of an object; none of anything else. */
export function membersOf(value: unknown): Member[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).map(([name, member]) => [name.toLowerCase().replaceAll(/[\s_-]/g, ''), member])
}

/** The parts of an envelope that say that the request failed; none where it succeeded. */
export function failedParts({ parts, hasRows }: Envelope): unknown[] {
  const isSure = parts.flatMap(membersOf).some(saysSucceeded)
  // Plain marks count beside rows too: an answer that contradicts itself proves nothing, least of all that these rows
  // are all there are.
  const isMark = (member: Member): boolean =>
    isPlainMark(member) || (!hasRows && isMarkWithoutRows(member, isSure))
  return parts.filter((part) => membersOf(part).some(isMark))
}

/** Whether a member is one by which errors are told. */
export function isErrorMember([name]: Member): boolean {
  return ERRORS.has(name)
}

/** Whether a member holds a code. */
export function isCodeMember([name]: Member): boolean {
  return name === 'code' || ERROR_CODES.has(name)
}

/** Whether a member holds a status, which may be a code or a word. */
export function isStatusMember([name]: Member): boolean {
  return STATUSES.has(name) || OUTCOMES.has(name)
}

/** Whether a member holds words for people. */
export function isWordsMember([name]: Member): boolean {
  return WORDS.has(name)
}

/** Whether a code says that nothing went wrong. */
export function isFineCode(value: unknown): boolean {
  const number = numberOf(value)
  return saysNothing(value) || (number !== null && number >= 100 && number < 400)
}

function isPlainMark([name, value]: Member): boolean {
  if (FLAGS.has(name)) return isNo(value)
  if (STATUSES.has(name)) return value === false || isFailedNumber(value) || isFailedWord(value)
  if (OUTCOMES.has(name)) return value === false || isFailedWord(value)
  return ERRORS.has(name) && !saysNothing(value)
}

function isMarkWithoutRows([name, value]: Member, isSure: boolean): boolean {
  if (ERROR_CODES.has(name)) return !isFineCode(value)
  if (name === 'code') return isFailedCode(value, isSure)
  return WORDS.has(name) && !isSure && typeof value === 'string' && soundsLikeFailure(value)
}

/** What a `code` of its own numbering means is not known: one that is no HTTP status gives way to a plain success. */
function isFailedCode(value: unknown, isSure: boolean): boolean {
  const number = numberOf(value)
  if (number === null) return isFailedWord(value)
  return number >= 400 && number < 600 ? true : !isSure && number !== 1 && !isFineCode(value)
}

function saysSucceeded([name, value]: Member): boolean {
  if (!FLAGS.has(name) && !STATUSES.has(name)) return false
  const number = numberOf(value)
  if (value === true || number === 1 || (number !== null && number >= 200 && number < 300)) return true
  return typeof value === 'string' && (TRUE_WORDS.has(bare(value)) || FINE_WORDS.has(bare(value)))
}

function isNo(value: unknown): boolean {
  const number = numberOf(value)
  if (value === false || (number !== null && number <= 0)) return true
  return typeof value === 'string' && (FALSE_WORDS.has(bare(value)) || isFailedWord(value))
}

function isFailedNumber(value: unknown): boolean {
  const number = numberOf(value)
  return number !== null && (number <= 0 || (number >= 400 && number < 600))
}

function isFailedWord(value: unknown): boolean {
  return typeof value === 'string' && (bare(value) === 'false' || namesFailure(value))
}

/** Every way of saying that there is no error, containers of nothing but such ways included. */
function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true
  if (typeof value === 'object') return Object.values(value).every(saysNothing)
  const number = numberOf(value)
  if (number !== null) return number === 0 || (number >= 200 && number < 300)
  return typeof value === 'string' && saysNothingInWords(bare(value))
}

function saysNothingInWords(word: string): boolean {
  return word === '' || FALSE_WORDS.has(word) || FINE_WORDS.has(word)
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*-?\d{1,9}(?:\.0+)?\s*$/.test(value) ? Number(value) : null
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.!]/g, '')
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
