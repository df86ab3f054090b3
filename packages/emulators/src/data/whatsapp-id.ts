import type { Random } from '../random/random.js'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** An id in the form of WhatsApp's own. */
export function whatsappId(random: Random): string {
  let id = 'wamid.HBgL'
  for (let length = 0; length < 22; length++) id += DIGITS.charAt(random.integer(0, 63))
  return `${id}==`
}
