import type { UpstreamErrorCode } from '@waybill/core'
import type { UpstreamClientOptions } from '../options/client-options.js'
import type { Answer } from '../exchange/answer.js'
import type { Redact } from '../text/redact.js'
import { type Envelope, membersOf } from './envelope.js'
import { cleanCode, cleanMessage } from './error-body.js'
import {
  failedParts,
  isCodeMember,
  isErrorMember,
  isFineCode,
  isStatusMember,
  isWordsMember,
} from './failure-marks.js'
import { codeByWords } from './failure-words.js'
import { codeOf, type Failure, failureOf, safeCode } from './failure.js'

/** Enough to know what it is about, of an answer that may be megabytes of errors. */
const MOST_TEXTS = 20

/** The failure that a 2xx reports in its body; null where it reports none. */
export function judgeReport(
  answer: Answer,
  envelope: Envelope,
  { classify }: Pick<UpstreamClientOptions, 'classify'>,
  redact: Redact,
  maxRetryAfterMs: number,
): Failure | null {
  const failed = failedParts(envelope)
  if (failed.length === 0) return null
  // The reason is in the failed part, or beside it in the body (`{header: {status: 'error'}, message: '…'}`). No other
  // part is read: it may be a message, whose text is private.
  const outermost = envelope.parts.slice(0, 1).map(({ value }) => value)
  const { codes, texts } = readReport([...new Set([...failed, ...outermost])])
  const upstreamMessage = firstOf(texts, (text) => cleanMessage(text, redact))
  const cleaned = codes.flatMap((code) => cleanCode(code, redact) ?? [])
  const asked = cleaned.length === 0 ? [null] : cleaned
  // Without what is secret: a credential may well have the word "token" in it.
  const words = redact([...codes, ...texts].join(' | '))
  const { status } = answer
  const documented = firstOf(
    asked,
    (upstreamCode) => classify?.({ status, upstreamCode, upstreamMessage }) ?? null,
  )
  const code = documented ?? firstOf(codes, codeByNumber) ?? codeByWords(words)
  return failureOf(
    answer,
    code ?? 'UPSTREAM_REJECTED',
    { status, upstreamCode: firstOf(cleaned, safeCode), upstreamMessage },
    maxRetryAfterMs,
  )
}

interface Report {
  /** Error codes and statuses, those inside an error first; such as mean "no error" left out. */
  readonly codes: readonly string[]
  /** Words for people, likewise. */
  readonly texts: readonly string[]
}

function readReport(parts: readonly unknown[]): Report {
  const outer = parts.flatMap(membersOf)
  const errors = outer.filter(isErrorMember).map(([, value]) => value)
  const members = [...errors.flatMap(objectsIn).flatMap(membersOf), ...outer]
  const words = members.filter(isWordsMember).flatMap(([, value]) => wordsIn(value))
  const plain = errors.flatMap(textsIn)
  const statuses = members.filter(isStatusMember).map(([, value]) => value)
  // Beside a message, a plain `error` of one word is the code (OAuth 2.0's shape).
  const named = words.length === 0 ? [] : plain.filter((text) => /^[\w.-]{3,64}$/.test(text))
  const codes = [
    ...members.filter(isCodeMember).map(([, value]) => value),
    ...named,
    ...statuses.filter((value) => /^\d+$/.test(String(value))),
  ]
  const texts = [...words, ...plain, ...statuses.filter((value) => typeof value === 'string')]
  return {
    codes: [...new Set(codes.filter(isCode).map(String))],
    texts: [...new Set(texts)].slice(0, MOST_TEXTS),
  }
}

function isCode(value: unknown): boolean {
  const isShort = typeof value === 'number' || (typeof value === 'string' && /^\S{1,64}$/.test(value))
  return isShort && !isFineCode(value)
}

/** One text, or the first of several. What is nested deeper may be anything, a message too. */
function wordsIn(value: unknown): string[] {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first.trim() !== '' ? [first] : []
}

function objectsIn(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, MOST_TEXTS) : [value]
}

/** The texts within a value, at any depth, in their order. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  const found: string[] = []
  for (const member of Object.values(value)) {
    found.push(...textsIn(member))
    if (found.length >= MOST_TEXTS) break
  }
  return found
}

/** The numbers that mean the same as HTTP's; for any other, only the words are known. */
function codeByNumber(code: string): UpstreamErrorCode | null {
  return /^(?:401|403|404|429|5\d\d)$/.test(code) ? codeOf(Number(code)) : null
}

function firstOf<T, R>(values: readonly T[], read: (value: T) => R | null): R | null {
  for (const value of values) {
    const result = read(value)
    if (result !== null) return result
  }
  return null
}
