import type { Random } from '../random/random.js'
import { type Language, NAMES, PHRASES, TEMPLATES } from './phrases.js'

/** A message's type, text and media. */
export interface MessageContent {
  readonly type: string
  readonly message: string | null
  readonly url: string | null
}

/** Types other than text and template, with the ending of their media; the share of each is its number of entries. */
const OTHER_TYPES: readonly (readonly [type: string, ending: string | null])[] = [
  ['image', 'jpg'],
  ['image', 'jpg'],
  ['image', 'png'],
  ['document', 'pdf'],
  ['audio', 'ogg'],
  ['audio', 'ogg'],
  ['video', 'mp4'],
  ['sticker', 'webp'],
  ['interactive', null],
  ['interactive', null],
  ['button', null],
  ['location', null],
  ['contacts', null],
  ['reaction', null],
]

/** Draws the content of a message. Only outbound ones are templates. */
export function drawContent(language: Language, outbound: boolean, random: Random): MessageContent {
  if (outbound && random.chance(0.3)) {
    return {
      type: 'template',
      message: fillIn(random.pick(TEMPLATES[language]), language, random),
      url: null,
    }
  }
  const message = fillIn(random.pick(PHRASES[language]), language, random)
  if (random.chance(0.72)) return { type: 'text', message, url: null }
  const [type, ending] = random.pick(OTHER_TYPES)
  if (ending === null) return { type, message: type === 'reaction' ? '❤️' : message, url: null }
  const url = `https://media.example/${type}/${random.integer(1e8, 1e9 - 1)}.${ending}`
  return { type, message: random.chance(0.4) ? message : null, url }
}

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

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** An id in the form of WhatsApp's own. */
export function whatsappId(random: Random): string {
  let id = 'wamid.HBgL'
  for (let length = 0; length < 22; length++) id += DIGITS.charAt(random.integer(0, 63))
  return `${id}==`
}
