/** Digits with what people and programs put between those of a phone number. */
const NUMBER = /\+?\p{Nd}(?:[\s()./-]{0,2}\p{Nd})+/gu

/** Replaces numbers of at least so many digits: they may be somebody's phone number. */
export function maskNumbers(text: string, least: number): string {
  return text.replaceAll(NUMBER, (found) => {
    const digits = found.match(/\p{Nd}/gu)?.length ?? 0
    return digits < least ? found : '[number]'
  })
}
