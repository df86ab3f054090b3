import type { UpstreamErrorCode } from '@waybill/core'

/** Words of a status or a code that mean "failed", as a whole or among others. */
const FAILED =
  /\b(?:errors?|err|fail(?:ed|ure|ing)?|faulted|ko|nok|not ok|denied|unauthori[sz]ed|unauthenticated|forbidden|invalid|expired|rejected|refused|revoked|insufficient|exceeded|unavailable|throttled|maintenance|exception|limit(?:ed)?|missing|aborted|unsuccessful|deprecated|not found)\b/i

const CREDENTIAL = String.raw`(?:tokens?|keys?|credentials?|password|session|jwt|bearer|login|signature)`
const UNUSABLE = String.raw`(?:expired|invalid|not valid|no longer valid|missing|required|revoked|deprecated|unknown|wrong|incorrect|malformed|rejected|refused|disabled|inactive|not accepted|not found|mismatch|not provided|bad)`
const PERMISSION = '(?:scopes?|permissions?)'
const LACKING = '(?:lacks?|lacking|missing|insufficient|without|required?|denied|invalid)'
const ACCOUNT =
  '(?:accounts?|subscription|licen[cs]e|plan|trial|workspace|tenant|company|organi[sz]ation|user|channel)'
const STOPPED =
  '(?:expired|suspended|disabled|deactivated|inactive|not active|blocked|terminated|cancell?ed|locked|banned|closed|ended)'
const LIMIT = '(?:rate.?limit|quota|limit of requests)'
const SPENT = '(?:exceeded|reached|hit)'
const MACHINE = '(?:database|db|connection|server|service|gateway|backend|upstream|request|query)'
const BROKEN = '(?:failed|failure|error|refused|lost|down|offline|timed out)'
const READING =
  '(?:connect|load|fetch|retrieve|read|get|list|query|process|complete|authenticate|verify|validate)'

const CONNECTING = [
  "is|are|was|were|be|been|being|has|have|had|isn't|aren't|wasn't|hasn't|haven't|does|did|do|seems|appears|looks|must|may|can",
  'the|this|that|these|your|our|its|his|a|an|any|some|or|and|nor|also|already|now|currently|not|no|longer|yet|just|either',
  'for|to|of|in|on|as|at|by|with|from|you|it|we|which|because|due|since',
  'given|provided|supplied|used|sent|presented|passed|included|specified|submitted|request|requests|header|headers|value|string|parameter|field|name|id|type|format',
  'api|app|application|access|auth|authentication|authorization|oauth|user|client|account|messages?|read|write|rate|daily|hourly|monthly|plan',
  'redacted|number|x|username|email|\\w*\\d\\w*',
  CREDENTIAL,
  PERMISSION,
].join('|')
const BETWEEN = String.raw`\W+(?:(?:${CONNECTING})\W+){0,8}`

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
  ...sure(
    'UPSTREAM_RATE_LIMITED',
    /too many|throttl/i,
    /\blimit (?:was |has been )?(?:exceeded|reached)/i,
    near(LIMIT, SPENT),
    near(SPENT, LIMIT),
  ),
  ...likely('UPSTREAM_RATE_LIMITED', /rate.?limit|quota/i),
  ...sure(
    'UPSTREAM_FORBIDDEN',
    /forbidden|access denied|not allowed|not permitted|not whitelisted|(?:payment|subscription) required/i,
    /insufficient (?:balance|credits?|funds)|(?:not|n't) have (?:\w+ ){0,2}(?:access|permission)/i,
    near(PERMISSION, LACKING),
    near(LACKING, PERMISSION),
    near(ACCOUNT, STOPPED),
  ),
  ...likely('UPSTREAM_FORBIDDEN', /\bscopes?\b|permission/i),
  ...sure(
    'UPSTREAM_UNAUTHORIZED',
    /unauthori[sz]ed|unauthenticated|not authenticated|not authori[sz]ed|not logged in/i,
    /\b(?:please|must|have to|need to) (?:log ?in|sign ?in|authenticate)/i,
    /\b(?:authentication|authori[sz]ation) (?:(?:header|has|been|was|is) ){0,4}(?:failed|required|error|denied|missing|invalid)/i,
    new RegExp(
      String.raw`\bno (?:\w+ ){0,2}${CREDENTIAL} (?:was )?(?:found|provided|given|supplied|sent)\b`,
      'i',
    ),
    near(CREDENTIAL, UNUSABLE),
    near(UNUSABLE, CREDENTIAL),
  ),
  ...likely('UPSTREAM_UNAUTHORIZED', /\bexpired\b|authentication/i),
  ...sure(
    'UPSTREAM_UNAVAILABLE',
    /maintenance|unavailable|internal (?:server )?error|server error|bad gateway|try again later/i,
    /something went wrong|^\W*whoops|\berror (?:while|during|establishing|connecting)|\berror (?:has |have |was )?(?:occurred|encountered)|sqlstate|stack ?trace|fatal error|uncaught/i,
    new RegExp(
      String.raw`\b${MACHINE} (?:(?:has|was|is|been|temporarily|currently|connection|request|query) ){0,2}${BROKEN}\b`,
      'i',
    ),
    new RegExp(String.raw`\b(?:failed to|unable to|could not|couldn't|cannot) (?:be )?${READING}`, 'i'),
  ),
  ...likely('UPSTREAM_UNAVAILABLE', /\binternal\b|overload|time(?:d )?.?out/i),
  ...likely('UPSTREAM_UNAUTHORIZED', /\btokens?\b|credential|api.?key|log ?in\b|sign ?in\b/i),
  ...sure(
    'UPSTREAM_REJECTED',
    /^\W*error ?:|\bunsuccessful|\bnot (?:\w+ ){0,2}success/i,
    /bad request|validation (?:failed|error)|given data was invalid|invalid (?:request|parameter|argument)/i,
  ),
]

/** Words by which a short text can only be about a failure. */
const FAILED_SHORTLY =
  /\b(?:errors?|fail(?:ed|ure)?|denied|exceeded|rejected|refused|exception|aborted|suspended|time ?out|not found)\b/i

/** What has more words is a sentence, in which "failed" may be about anything. */
const MOST_WORDS = 3

/** Longer words explain nothing more, and cost time to search. */
const MAX_LENGTH = 2000

/** The code of a failure by its words; null where they name none. */
export function codeByWords(text: string): UpstreamErrorCode | null {
  const words = spaced(text)
  return MEANINGS.find((meaning) => meaning.words.test(words))?.code ?? null
}

/**
 * Whether a text for people can only be about a failure of the request: not one that also reports success,
 * that nothing was found, or what was searched for, nor one that only warns of what is to come.
 */
export function soundsLikeFailure(text: string): boolean {
  const words = spaced(withoutQuotes(text.slice(0, MAX_LENGTH))).trim()
  if (isHarmless(words)) return false
  return isFailedShortly(words) || presentSentences(words).some(isSurelyFailure)
}

function isSurelyFailure(sentence: string): boolean {
  return MEANINGS.some((meaning) => meaning.isSure && meaning.words.test(sentence))
}

/** "Failed messages" and "no errors" are about rows. */
function isFailedShortly(words: string): boolean {
  const isShort = words.split(' ').length <= MOST_WORDS
  return isShort && FAILED_SHORTLY.test(words) && !isAboutRows(words)
}

/** Whether a text for people reports success. */
export function saysSuccess(text: string): boolean {
  return isSuccess(spaced(withoutQuotes(text.slice(0, MAX_LENGTH))))
}

/** Whether a status or a code in words means "failed". */
export function namesFailure(text: string): boolean {
  const words = spaced(text).trim()
  const isShort = words.split(' ').length <= MOST_WORDS && !beginsWithNo(words)
  return (isShort && FAILED.test(words)) || soundsLikeFailure(text)
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

/**
 * One word about the other, with nothing between them but what connects words: "token has expired", not "password changes
 * required every 90 days", which is about something else that a password has.
 */
function near(first: string, second: string): RegExp {
  return new RegExp(String.raw`\b${first}${BETWEEN}${second}\b`, 'i')
}

/**
 * Words by which a text is no failure although it has words of failure: it reports success, that nothing was found, what
 * was searched for, or what will happen later.
 */

const LISTED =
  '(?:messages?|records?|results?|data|rows|entries|items|match(?:es)?|conversations?|chats?|history)'
const FOUND = String.raw`(?:(?:were|was|have been|has been) )?(?:found|matched|match|available|returned|yet|exist|to show|for|with|in|containing|matching)\b`

const A_LIST = new RegExp(String.raw`\b${LISTED}\b`, 'i')
const NO = /^(?:no|0|zero|without) /i

/** Words of a text without a failure, or with none yet; words of failure beside them are a warning or an echo. */
const SUCCESS =
  /(?<!(?:\bnot|n't|\bcannot|\bnever|\bwithout)\b[^.,;]{0,30})\bsuccess(?:ful(?:ly)?)?\b(?!\W+(?:false|0|no)\b)/i
const NOTHING_FOUND = [
  new RegExp(String.raw`\b(?:0|zero) (?:\w+ )?${LISTED}\b|^not found\W*$`, 'i'),
  new RegExp(String.raw`\bno (?:\w+ ){0,2}${LISTED}(?: ${FOUND}|\W*$|[.!])`, 'i'),
  new RegExp(
    String.raw`\b${LISTED} (?:were |was )?not found|matched nothing|nothing (?:was )?(?:matched|found|returned|to show)|returned nothing|not match any`,
    'i',
  ),
]
/** "No data available due to a server error" is about a failure. */
const REASON = /\b(?:due to|because|caused by)\b/i

const ECHO = /^\W*(?:search|query|filters?|keywords?|status) ?:|^\W*(?:showing|results for)\b/i
/** A warning; "we will be back" is not one. */
const FUTURE =
  /\bwill (?:soon )?(?:expire|be (?!back|right|restored)|stop|end)|\bexpires? (?:soon|in|on)\b|\babout to\b|\bupcoming\b|\bscheduled for\b|\bmaintenance (?:is )?(?:on|planned|scheduled)\b|\b(?:required|needed) (?:by|from|before|until)\b/i
/** Usually the search term. An apostrophe is not a quotation mark. */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'(?!\w)/g

/** Whether a text reports success. */
function isSuccess(words: string): boolean {
  return SUCCESS.test(words)
}

/** Whether a text reports success, an empty result, or a search for such words. */
function isHarmless(words: string): boolean {
  const foundNothing = !REASON.test(words) && NOTHING_FOUND.some((pattern) => pattern.test(words))
  return foundNothing || SUCCESS.test(words) || ECHO.test(words)
}

/** The sentences of a text that are not about what is to come. */
function presentSentences(words: string): string[] {
  return words.split(/[.!?;] /).filter((sentence) => !FUTURE.test(sentence))
}

/** A text without its quotations; one that is nothing but a quotation stays as it is. */
function withoutQuotes(text: string): string {
  const rest = text.replaceAll(QUOTED, ' ')
  return /\w/.test(rest) ? rest : text
}

/** Whether a short text is about rows ("failed messages") or their absence ("no errors"). */
function isAboutRows(words: string): boolean {
  return A_LIST.test(words) || beginsWithNo(words)
}

/** Whether a text begins with a word for none. */
function beginsWithNo(words: string): boolean {
  return NO.test(words)
}
