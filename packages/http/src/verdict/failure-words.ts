import type { UpstreamErrorCode } from '@waybill/core'

/** Words of a status or a code that mean "failed", as a whole or among others. */
const FAILED =
  /\b(?:errors?|err|fail(?:ed|ure|ing)?|faulted|ko|nok|not ok|denied|unauthori[sz]ed|unauthenticated|forbidden|invalid|expired|rejected|refused|revoked|insufficient|exceeded|unavailable|throttled|maintenance|exception|limit(?:ed)?|missing|aborted|unsuccessful|deprecated|not found)\b/i

const CREDENTIAL = String.raw`(?:tokens?|keys?|credentials?|password|session|jwt|bearer|login|signature)`
const UNUSABLE = String.raw`(?:expired|invalid|not valid|no longer valid|missing|required|revoked|deprecated|unknown|wrong|incorrect|malformed|rejected|refused|disabled|inactive|not accepted|not found|mismatch|not provided|bad)`
const PERMISSION = '(?:scopes?|permissions?)'
const LACKING = '(?:lacks?|lacking|missing|insufficient|without|required?|denied|invalid)'
const LIMIT = '(?:rate.?limit|quota|limit of requests)'
const SPENT = '(?:exceeded|reached|hit)'

interface Meaning {
  readonly words: RegExp
  readonly code: UpstreamErrorCode
  /** Whether a text with these words can be about nothing but a failure. */
  readonly isSure: boolean
}

/**
 * What words mean, in the order in which they are asked. Who is throttled or lacks a scope hears of a token too, and so
 * does who meets a server that broke down while it checked one; so the bare word comes last.
 */
const MEANINGS: readonly Meaning[] = [
  ...sure('UPSTREAM_RATE_LIMITED', /too many|throttl/i, near(LIMIT, SPENT), near(SPENT, LIMIT)),
  ...likely('UPSTREAM_RATE_LIMITED', /rate.?limit|quota/i),
  ...sure(
    'UPSTREAM_FORBIDDEN',
    /forbidden|access denied|not allowed to|not permitted/i,
    near(PERMISSION, LACKING),
    near(LACKING, PERMISSION),
  ),
  ...likely('UPSTREAM_FORBIDDEN', /\bscopes?\b|permission/i),
  ...sure(
    'UPSTREAM_UNAUTHORIZED',
    /unauthori[sz]ed|unauthenticated|not authenticated|authentication (?:failed|required|error)/i,
    near(CREDENTIAL, UNUSABLE),
    near(UNUSABLE, CREDENTIAL),
  ),
  ...likely('UPSTREAM_UNAUTHORIZED', /\bexpired\b|authentication/i),
  ...sure('UPSTREAM_UNAVAILABLE', /maintenance|unavailable|internal (?:server )?error|server error/i),
  ...likely('UPSTREAM_UNAVAILABLE', /\binternal\b|overload|time(?:d )?.?out|try again later/i),
  ...likely('UPSTREAM_UNAUTHORIZED', /\btokens?\b|credential|api.?key|log ?in\b|sign ?in\b/i),
]

/** What has more words is a sentence, in which "failed" may be about anything. */
const MOST_WORDS = 3

/** Longer words explain nothing more, and cost time to search. */
const MAX_LENGTH = 2000

/** What a failure is, by the words for it; null where they do not say. */
export function codeByWords(text: string): UpstreamErrorCode | null {
  const words = spaced(text)
  return MEANINGS.find((meaning) => meaning.words.test(words))?.code ?? null
}

/** Whether a text for people can be about nothing but a failure of the request. */
export function soundsLikeFailure(text: string): boolean {
  const words = spaced(text)
  return MEANINGS.some((meaning) => meaning.isSure && meaning.words.test(words))
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

function sure(code: UpstreamErrorCode, ...patterns: readonly RegExp[]): Meaning[] {
  return patterns.map((words) => ({ words, code, isSure: true }))
}

function likely(code: UpstreamErrorCode, words: RegExp): Meaning[] {
  return [{ words, code, isSure: false }]
}

function near(first: string, second: string): RegExp {
  return new RegExp(String.raw`\b${first}\b.{0,40}\b${second}\b`, 'i')
}
