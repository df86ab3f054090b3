import type { Span } from '../input/located-text.js'

const WIDTH = 76
const BEFORE = 30
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Two lines: the part of a text around a span, and carets below the span. */
export function excerptOf(text: string, span: Span): string {
  const from = Math.max(0, Math.min(span.start - BEFORE, text.length - WIDTH))
  const to = Math.min(text.length, from + WIDTH)
  const head = from > 0 ? '…' : ''
  const tail = to < text.length ? '…' : ''
  const carets = Math.max(1, Math.min(span.end, to) - span.start)
  const indent = head.length + span.start - from
  return `${head}${printable(text.slice(from, to))}${tail}\n${' '.repeat(indent)}${'^'.repeat(carets)}`
}

/** A text fit for one line of a message: shortened, without control characters. */
export function shorten(text: string, length = 60): string {
  return printable(text.length > length ? `${text.slice(0, length - 1)}…` : text)
}

function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\uFFFD')
}
