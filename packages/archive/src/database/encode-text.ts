/**
 * Texts as both databases can hold them. PostgreSQL's cannot hold NUL, and no database's a lone surrogate, but
 * JavaScript's can, and what is searched for may begin or end in the middle of a surrogate pair.
 *
 * So NUL and every surrogate, paired or not, are written as two characters of the private use area, a lead and a
 * trail; and so are those characters themselves. A lead is always followed by a trail and neither stands for itself,
 * so that a text is found in another just where it was before: encoding keeps equality and keeps what contains what.
 */
export function encodeText(text: string): string {
  return text.replaceAll(NOT_PLAIN, (unit) => {
    const index = indexOf(unit.charCodeAt(0))
    return String.fromCharCode(LEAD + Math.floor(index / TRAILS), TRAIL + (index % TRAILS))
  })
}

/** Reads what {@link encodeText} wrote. */
export function decodeText(text: string): string {
  return text.replaceAll(ENCODED, (pair) => {
    const index = (pair.charCodeAt(0) - LEAD) * TRAILS + (pair.charCodeAt(1) - TRAIL)
    return String.fromCharCode(unitAt(index))
  })
}

const SURROGATE = 0xd800
const SURROGATES = 2048
const LEAD = 0xf800
const TRAIL = 0xf840
const TRAILS = 64

// Without the flag `u`, so that each half of a surrogate pair is a match of its own.
const NOT_PLAIN = /[\0\uD800-\uDFFF\uF800-\uF87F]/g
const ENCODED = /[\uF800-\uF83F][\uF840-\uF87F]/g

/** A place among all units that are not written as they are: the surrogates, the leads and trails, NUL. */
function indexOf(unit: number): number {
  if (unit === 0) return SURROGATES + 2 * TRAILS
  return unit < LEAD ? unit - SURROGATE : SURROGATES + unit - LEAD
}

function unitAt(index: number): number {
  if (index < SURROGATES) return SURROGATE + index
  return index < SURROGATES + 2 * TRAILS ? LEAD + index - SURROGATES : 0
}
