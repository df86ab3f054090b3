import { createRandom, mixSeeds, type Random } from '../random/random.js'
import { LANGUAGES, type Language } from './phrases.js'

/** The other party of a conversation. */
export interface Contact {
  readonly language: Language
  /** A phone number with or without the plus sign, or an id of another kind. */
  readonly address: string
}

/** The contact of a conversation: the same for the same seed and number. */
export function contactOf(seed: number, interactionId: number): Contact {
  const random = createRandom(mixSeeds(seed, interactionId))
  const language = random.pick(LANGUAGES)
  if (random.chance(0.06)) return { language, address: otherId(random) }
  const digits = fictionalNumber(random)
  return { language, address: random.chance(0.5) ? `+${digits}` : digits }
}

/**
 * The digits of a number that belongs to nobody: ranges that the national authorities keep for films and books
 * (United States, United Kingdom, Germany, France).
 */
export function fictionalNumber(random: Random): string {
  const pattern = random.pick(['1###55501##', '447700900###', '493023125###', '336399800##', '336399899##'])
  // An area code begins with 2 to 9 and its second digit is no 9.
  if (pattern.startsWith('1'))
    return `1${random.integer(2, 9)}${random.integer(0, 8)}${fill('#55501##', random)}`
  return fill(pattern, random)
}

function fill(pattern: string, random: Random): string {
  return pattern.replace(/#/g, () => String(random.integer(0, 9)))
}

function otherId(random: Random): string {
  const number = random.integer(1000, 999_999)
  return random.pick([`lead_${number}`, `user.${number}@shop.example`, `DE.${number}`, String(number)])
}
