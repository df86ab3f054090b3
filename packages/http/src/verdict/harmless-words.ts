/**
 * What a text for people says beside words of failure by which it is no failure: that all went well, that nothing was
 * found, what was searched for, or what is still to come.
 */

const LISTED =
  '(?:messages?|records?|results?|data|rows|entries|items|match(?:es)?|conversations?|chats?|history)'
const FOUND = String.raw`(?:(?:were|was|have been|has been) )?(?:found|matched|match|available|returned|yet|exist|to show|for|with|in|containing|matching)\b`

const A_LIST = new RegExp(String.raw`\b${LISTED}\b`, 'i')
const NO = /^(?:no|0|zero|without) /i

/** What a text says that is about no failure, or about none yet; a failure in the same text is a warning or an echo. */
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
/** "No data available due to a server error" says more than that there is none. */
const REASON = /\b(?:due to|because|caused by)\b/i

const ECHO = /^\W*(?:search|query|filters?|keywords?|status) ?:|^\W*(?:showing|results for)\b/i
/** A warning; "we will be back" is none. */
const FUTURE =
  /\bwill (?:soon )?(?:expire|be (?!back|right|restored)|stop|end)|\bexpires? (?:soon|in|on)\b|\babout to\b|\bupcoming\b|\bscheduled for\b|\bmaintenance (?:is )?(?:on|planned|scheduled)\b|\b(?:required|needed) (?:by|from|before|until)\b/i
/** What somebody searched for, as a rule. An apostrophe is no quotation mark. */
const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'(?!\w)/g

/** Whether a text says that the request went well. */
export function isSuccess(words: string): boolean {
  return SUCCESS.test(words)
}

/** Whether a text says that the request went well, found nothing, or was about such words. */
export function isHarmless(words: string): boolean {
  const foundNothing = !REASON.test(words) && NOTHING_FOUND.some((pattern) => pattern.test(words))
  return foundNothing || SUCCESS.test(words) || ECHO.test(words)
}

/** The sentences of a text that are not about what is to come. */
export function presentSentences(words: string): string[] {
  return words.split(/[.!?;] /).filter((sentence) => !FUTURE.test(sentence))
}

/** A text without its quotations; one that is nothing but a quotation stays as it is. */
export function withoutQuotes(text: string): string {
  const rest = text.replaceAll(QUOTED, ' ')
  return /\w/.test(rest) ? rest : text
}

/** Whether a text of few words is about rows ("failed messages") or says that there are none ("no errors"). */
export function isAboutRows(words: string): boolean {
  return A_LIST.test(words) || beginsWithNo(words)
}

/** Whether a text begins with a word for none. */
export function beginsWithNo(words: string): boolean {
  return NO.test(words)
}
