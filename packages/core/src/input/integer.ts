const NATURAL = /^(?:0|[1-9]\d*)$/

/**
 * Whether a text is an integer in its one notation: no plus sign, no leading zeros, no `-0`.
 *
 * @param mostDigits Default: any number of digits.
 *
 * @example isInteger('-42') // true
 * @example isInteger('042') // false
 */
export function isInteger(text: string, mostDigits: number = Infinity): boolean {
  return (
    isNatural(text, mostDigits) ||
    (text.startsWith('-') && text !== '-0' && isNatural(text.slice(1), mostDigits))
  )
}

/** The same for integers from 0. */
export function isNatural(text: string, mostDigits: number = Infinity): boolean {
  return text.length <= mostDigits && NATURAL.test(text)
}
