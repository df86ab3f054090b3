import { isExactNumber } from '@waybill/core'
import { type Envelope, type Member, membersOf, type Part } from './envelope.js'
import { namesFailure, saysSuccess, soundsLikeFailure } from './failure-words.js'

/**
 * The marks by which a body of a 2xx reports a failure. Neither upstream documents such a body, and every framework
 * has its own, so all usual ones are read. Names are compared without case, `_` and `-`.
 *
 * | mark                                    | says "failed"                      | counts            | because                                     |
 * | --------------------------------------- | ---------------------------------- | ----------------- | ------------------------------------------- |
 * | `success`, `ok`                         | a plain no                         | always            | it is about the request and nothing else    |
 * | `error`, `exception`, `error_code`, …   | anything but "no error"            | always            | nobody names what went well so              |
 * | `status`, `http_code`, `response_code`  | false, 400 to 599, "error"         | always            | other numbers are counts or own numberings  |
 * | `result`, `state`, `outcome`            | false, "error"                     | always            | their numbers are counts                    |
 * | `type`                                  | "error", "…Error", "…Exception"    | always            | other words name the kind of what is listed |
 * | `status`                                | 0, less than 0                     | if nothing denies | 0 is "fine" for some, "failed" for others   |
 * | `code`                                  | 400 to 599, less than 0, "EXPIRED" | if nothing denies | above that every API has its own numbering  |
 * | `code`                                  | any other number but 0 to 399      | if no list either | who succeeds has a list, be it empty        |
 * | `message`, `messages`, `detail`, …      | words for nothing but a failure    | if nothing denies | it may greet, warn, or repeat the search    |
 * | `meta.error`, `meta.errors`, …          | words for nothing but a failure    | if nothing denies | numbers in `meta` count, words may be asked |
 *
 * Rows and a plain success deny ("if nothing denies"): a list with rows did not fail by a number or a text alone, and
 * beside `success: true` or `message: "success"` a number or a text means something else. "Always" is beside rows too:
 * an answer that contradicts itself proves nothing, least of all that these rows are all there are.
 *
 * `envelope.ts` documents where marks are searched: never where a body repeats the request.
 */

const FLAGS = setOf('success ok successful succeeded issuccess issuccessful isok authenticated')
const STATUSES = setOf('status statuscode httpstatus httpcode httpstatuscode responsecode responsestatus')
const OUTCOMES = setOf('result state outcome statustext')
const ERRORS = setOf(
  'error errors err iserror haserror haserrors errormessage errormessages errormsg errmsg errordescription errordetail errordetails errorlist errortype errorname errortext exception exceptions exceptionmessage exceptiontype fault',
)
const ERROR_CODES = setOf('errorcode errcode errno')
const WORDS = setOf('message messages msg detail title description reason')

/** A word of its own, or the end of a class's name: `error`, `OAuthException`, `invalid_request_error`. */
const ERROR_TYPE = /^(?:errors?|exception|fault|failure)$|[a-z_](?:error|exception)$/i

/** The parts of an envelope that report a failure; empty after a success. */
export function failedParts({ parts, hasList, hasRows }: Envelope): object[] {
  const isDenied = hasRows || parts.flatMap(tellingMembers).some(saysSucceeded)
  const isMark = (member: Member): boolean =>
    isMarkAlways(member) || (!isDenied && isMarkUndenied(member, hasList))
  return parts.filter((part) => tellingMembers(part).some(isMark)).map(({ value }) => value)
}

/** Whether a member holds an error. */
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

/** Whether a code means success. */
export function isFineCode(value: unknown): boolean {
  const number = numberOf(value)
  return saysNothing(value) || (number !== null && number >= 100 && number < 400)
}

/**
 * In the answer's head a number is a count (`status: {sent: 3, error: 1}`), unless it is named a code or a status. In `meta`
 * only words about an error tell anything.
 */
function tellingMembers({ value, role }: Part): Member[] {
  const members = membersOf(value)
  if (role === 'whole') return members
  if (role === 'meta')
    return members.filter(isErrorMember).map(([, error]) => ['message', wordsOf(error)] as const)
  return members.filter(
    (member) => numberOf(member[1]) === null || isCodeMember(member) || STATUSES.has(member[0]),
  )
}

function isMarkAlways([name, value]: Member): boolean {
  if (FLAGS.has(name)) return saysNo(value)
  if (STATUSES.has(name)) return value === false || isHttpError(value) || isFailedWord(value)
  if (OUTCOMES.has(name)) return value === false || isFailedWord(value)
  if (ERROR_CODES.has(name)) return !isFineCode(value)
  if (name === 'type') return typeof value === 'string' && ERROR_TYPE.test(value.trim())
  return ERRORS.has(name) && !saysNothing(value)
}

function isMarkUndenied([name, value]: Member, hasList: boolean): boolean {
  if (STATUSES.has(name)) return saysNo(value)
  if (name === 'code') return isFailedCode(value, hasList)
  return WORDS.has(name) && textsOf(value).some(soundsLikeFailure)
}

function isFailedCode(value: unknown, hasList: boolean): boolean {
  const number = numberOf(value)
  if (number === null) return isFailedWord(value)
  return isHttpError(value) || number < 0 || (!hasList && number !== 1 && !isFineCode(value))
}

function saysSucceeded([name, value]: Member): boolean {
  if (FLAGS.has(name) || STATUSES.has(name)) return saysYes(value)
  if (OUTCOMES.has(name) || name === 'code') return isSuccessWord(value)
  return WORDS.has(name) && textsOf(value).some((text) => isSuccessWord(text) || saysSuccess(text))
}

/** The words of an error: its own, or those of its members that are for people. */
function wordsOf(error: unknown): string[] {
  const errors: readonly unknown[] = Array.isArray(error) ? error : [error]
  return errors.flatMap((each) => [
    ...textsOf(each),
    ...membersOf(each)
      .filter(isWordsMember)
      .flatMap(([, words]) => textsOf(words)),
  ])
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((each) => typeof each === 'string')
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

/** What a single value means: yes, no, a number, "failed", or nothing. Words are compared without case. */

const FALSE_WORDS = setOf('false 0 no n f off')
const TRUE_WORDS = setOf('true 1 yes y t on')
const SUCCESS_WORDS = setOf('ok okay success successful succeeded fine done complete completed')
const NOTHING_WORDS = setOf('none null nil n/a -')
const NO_ERROR = /^noerrors?(?:found|occurred|reported)?$/

/** The number of a value, which may be sent as text; null for anything else. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (isExactNumber(value)) return Number(value.rawJSON)
  return typeof value === 'string' && /^\s*-?\d{1,9}(?:\.0+)?\s*$/.test(value) ? Number(value) : null
}

/** Whether a number is one of HTTP's for an error. */
function isHttpError(value: unknown): boolean {
  const number = numberOf(value)
  return number !== null && number >= 400 && number < 600
}

/** Whether a value is a plain yes: true, 1, a status of 2xx, "yes", "success". */
function saysYes(value: unknown): boolean {
  const number = numberOf(value)
  if (value === true || number === 1 || (number !== null && number >= 200 && number < 300)) return true
  return typeof value === 'string' && (TRUE_WORDS.has(bare(value)) || isSuccessWord(value))
}

/** Whether a value is a plain no: false, 0, less than 0, "no", "failed". */
function saysNo(value: unknown): boolean {
  const number = numberOf(value)
  if (value === false || (number !== null && number <= 0)) return true
  return typeof value === 'string' && (FALSE_WORDS.has(bare(value)) || isFailedWord(value))
}

/** Whether a value is a word for success, and nothing else. */
function isSuccessWord(value: unknown): boolean {
  return typeof value === 'string' && SUCCESS_WORDS.has(bare(value))
}

/** Whether a value is a word for a failure: "error", "failed", "TOKEN_EXPIRED". */
function isFailedWord(value: unknown): boolean {
  if (typeof value !== 'string' || NO_ERROR.test(bare(value))) return false
  return bare(value) === 'false' || namesFailure(value)
}

/** Whether a value means "no error", also a list or an object of only such values. */
function saysNothing(value: unknown): boolean {
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
