import type { UpstreamErrorCode } from '@waybill/core'

/** Words of a status or a code that mean "failed", as a whole or among others. */
const FAILED =
  /\b(?:errors?|err|fail(?:ed|ure|ing)?|faulted|ko|nok|not ok|denied|unauthori[sz]ed|unauthenticated|forbidden|invalid|expired|rejected|refused|revoked|insufficient|exceeded|unavailable|throttled|maintenance|exception|limit(?:ed)?|missing|aborted|unsuccessful|deprecated|not found)\b/i

const CREDENTIAL = String.raw`(?:tokens?|keys?|credentials?|password|session|jwt|bearer|login|signature)`
const UNUSABLE = String.raw`(?:expired|invalid|not valid|no longer valid|missing|required|revoked|deprecated|unknown|wrong|incorrect|malformed|rejected|refused|disabled|inactive|not accepted|not found|mismatch|not provided|bad)`

/**
 * What words mean, the surest first. Who is throttled or lacks a scope hears of a token too, and so does who meets a
 * server that broke down while it checked one; so the bare word comes last.
 */
const MEANINGS: readonly (readonly [words: RegExp, code: UpstreamErrorCode, isSure: boolean])[] = [
  [/\brate.?limit|too many|throttl|quota/i, 'UPSTREAM_RATE_LIMITED', true],
  [/\bscopes?\b|forbidden|permission|access denied|not allowed to/i, 'UPSTREAM_FORBIDDEN', true],
  [/unauthori[sz]ed|unauthenticated|not authenticated|authentication/i, 'UPSTREAM_UNAUTHORIZED', true],
  [wordsNear(CREDENTIAL, UNUSABLE), 'UPSTREAM_UNAUTHORIZED', true],
  [wordsNear(UNUSABLE, CREDENTIAL), 'UPSTREAM_UNAUTHORIZED', true],
  [/\bexpired\b/i, 'UPSTREAM_UNAUTHORIZED', false],
  [/maintenance|unavailable|internal (?:server )?error|server error/i, 'UPSTREAM_UNAVAILABLE', true],
  [/\binternal\b|overload|time(?:d )?.?out|try again later/i, 'UPSTREAM_UNAVAILABLE', false],
  [/\btokens?\b|credential|api.?key|log ?in\b|sign ?in\b/i, 'UPSTREAM_UNAUTHORIZED', false],
]

/** What has more words is a sentence, in which "failed" may be about anything. */
const MOST_WORDS = 3

/** Longer words explain nothing more, and cost time to search. */
const MAX_LENGTH = 2000

/** What a failure is, by the words for it; null where they do not say. */
export function codeByWords(text: string): UpstreamErrorCode | null {
  const words = spaced(text)
  return MEANINGS.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

/** Whether a text for people can be about nothing but a failure of the request. */
export function soundsLikeFailure(text: string): boolean {
  const words = spaced(text)
  return MEANINGS.some(([pattern, , isSure]) => isSure && pattern.test(words))
}

/** Whether a status or a code in words means "failed". */
export function namesFailure(text: string): boolean {
  const words = spaced(text).trim()
  return (words.split(' ').length <= MOST_WORDS && FAILED.test(words)) || soundsLikeFailure(text)
}

/** `TOKEN_EXPIRED` and `tokenExpired` in words. */
function spaced(text: string): string {
  const apart = text.slice(0, MAX_LENGTH).replaceAll(/([a-z])([A-Z])/g, '$1 $2')
  return apart.replaceAll(/[\s_-]+/g, ' ')
}

function wordsNear(first: string, second: string): RegExp {
  return new RegExp(String.raw`\b${first}\b.{0,40}\b${second}\b`, 'i')
}
