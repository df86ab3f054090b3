import type { Random } from '../random/random.js'
import { NAMES, type Language } from './phrases.js'

/** Puts values into the places of a phrase or a template. */
export function fillIn(text: string, language: Language, random: Random): string {
  return text.replace(/\{(\w+)\}/g, (_, place: string) => VALUES[place]?.(random, language) ?? '')
}

const VALUES: Readonly<Record<string, (random: Random, language: Language) => string>> = {
  name: (random, language) => random.pick(NAMES[language]),
  order: (random) => `A-${random.integer(10_000, 99_999)}`,
  code: (random) => String(random.integer(100_000, 999_999)),
  percent: (random) => String(random.integer(1, 10) * 5),
  time: (random) => `${random.integer(8, 19)}:${random.pick(['00', '15', '30', '45'])}`,
}
