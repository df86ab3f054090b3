import type { Random } from '../random/random.js'
import { fillIn } from './fill-in.js'
import { PHRASES, type Language } from './phrases.js'
import { TEMPLATES } from './templates.js'

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

/** Draws what a message says. Only outbound ones are templates. */
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
