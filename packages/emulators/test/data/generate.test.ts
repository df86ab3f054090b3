import { describe, expect, test } from 'vitest'
import { generateOctopodsRows, generateWacrRows } from '../../src/index.js'

const WACR = generateWacrRows({ count: 5000, seed: 7 })
const OCTOPODS = generateOctopodsRows({ count: 5000, seed: 7 })
const texts = WACR.flatMap((row) => row.message ?? [])

/** Ranges kept for films and books, and ids that are no numbers. */
const FICTIONAL = /^\+?(1\d{3}55501\d\d|447700900\d{3}|493023125\d{3}|3363998\d{4})$/
const OTHER_ID = /^(lead_\d+|user\.\d+@shop\.example|DE\.\d+|\d{4,6})$/

describe('generated rows', () => {
  test('are the same for the same seed, others for another', () => {
    expect(generateWacrRows({ count: 5000, seed: 7 })).toStrictEqual(WACR)
    expect(generateOctopodsRows({ count: 5000, seed: 7 })).toStrictEqual(OCTOPODS)
    expect(generateWacrRows({ count: 5000, seed: 8 })).not.toStrictEqual(WACR)
    expect(generateOctopodsRows({ count: 5000, seed: 8 })).not.toStrictEqual(OCTOPODS)
  })

  test('ascend by id and by whole seconds up to the end, within the span', () => {
    const endAt = Date.UTC(2026, 0, 1)
    const rows = generateWacrRows({ count: 200, seed: 1, endAt, spanMs: 60_000, firstId: 50 })
    expect(rows.map((row) => row.id)).toStrictEqual(
      Array.from({ length: 200 }, (_, position) => position + 50),
    )
    const times = rows.map((row) => row.createdAt)
    expect(times).toStrictEqual(times.toSorted((a, b) => a - b))
    expect(times.every((time) => time % 1000 === 0 && time >= endAt - 60_000)).toBe(true)
    expect(times.at(-1)).toBe(endAt)
    expect(rows.every((row) => row.updatedAt >= row.createdAt && row.updatedAt <= endAt)).toBe(true)
  })

  test('have as many equal times as they are asked for', () => {
    expect(distinct(0)).toBeGreaterThan(990)
    expect(distinct(0.5)).toBeGreaterThan(400)
    expect(distinct(0.5)).toBeLessThan(600)
    expect(distinct(1)).toBe(1)
  })

  test('keep timeSent within the skew, and null now and then', () => {
    const rows = generateWacrRows({ count: 3000, seed: 1, maxSkewMs: 120_000 })
    const skews = rows.flatMap((row) => (row.timeSent === null ? [] : Math.abs(row.timeSent - row.createdAt)))
    expect(skews.length).toBeLessThan(3000)
    expect(Math.max(...skews)).toBeLessThanOrEqual(120_000)
    expect(Math.max(...skews)).toBeGreaterThan(60_000)
  })

  test('may be none at all', () => {
    expect(generateWacrRows({ count: 0, seed: 1 })).toStrictEqual([])
    expect(generateOctopodsRows({ count: 0, seed: 1 })).toStrictEqual([])
  })
})

describe('generated messages', () => {
  test.each([
    /\p{Script=Cyrillic}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Han}/u,
    /\p{Script=Devanagari}/u,
    /[äöüß]/,
  ])('are written in %s as well', (script) => {
    expect(texts.some((text) => script.test(text))).toBe(true)
    expect(OCTOPODS.some((row) => script.test(row.content))).toBe(true)
  })

  test.each([/\p{Emoji_Presentation}/u, /%/, /_/, /,/, /<b>.*<\/b>/, /&amp;/])('hold %s', (pattern) => {
    expect(texts.some((text) => pattern.test(text))).toBe(true)
  })

  test('have no HTML at Octopods, and every place is filled in', () => {
    expect(OCTOPODS.filter((row) => /<|&amp;|[{}]/.test(row.content))).toStrictEqual([])
    expect(texts.filter((text) => /[{}]/.test(text))).toStrictEqual([])
  })

  test('come from and go to numbers that belong to nobody, or ids of another kind', () => {
    const senders = new Set(WACR.flatMap((row) => row.senderId ?? []))
    expect([...senders].filter((sender) => !FICTIONAL.test(sender) && !OTHER_ID.test(sender))).toStrictEqual(
      [],
    )
    expect([...senders].some((sender) => OTHER_ID.test(sender))).toBe(true)
    expect([...senders].some((sender) => sender.startsWith('+'))).toBe(true)
    expect(OCTOPODS.filter((row) => !FICTIONAL.test(row.phoneNumber))).toStrictEqual([])
  })

  test('have every status, failures with reasons, replies, media and null fields', () => {
    const statuses = new Set(OCTOPODS.map((row) => row.status))
    expect(statuses).toStrictEqual(new Set(['SENT', 'DELIVERED', 'READ', 'FAILED', 'DELETED', 'UNKNOWN']))
    expect(OCTOPODS.filter((row) => (row.failure !== null) !== (row.status === 'FAILED'))).toStrictEqual([])
    expect(new Set(WACR.map((row) => row.status))).toStrictEqual(
      new Set(['sent', 'delivered', 'read', 'failed', null]),
    )
    expect(WACR.filter((row) => row.status === 'failed' && row.statusMessage === null)).toStrictEqual([])
    const sent = new Set(WACR.map((row) => row.messageId))
    const replies = WACR.filter((row) => row.refMessageId !== null)
    expect(replies.some((row) => sent.has(row.refMessageId))).toBe(true)
    expect(WACR.some((row) => row.url?.startsWith('https://media.example/'))).toBe(true)
    const nullable = [
      'interactionId',
      'senderId',
      'type',
      'message',
      'status',
      'messageId',
      'timeSent',
    ] as const
    expect(nullable.filter((field) => WACR.every((row) => row[field] !== null))).toStrictEqual([])
  })
})

function distinct(tieDensity: number): number {
  const rows = generateOctopodsRows({ count: 1000, seed: 1, spanMs: 1e10, tieDensity })
  return new Set(rows.map((row) => row.createdAt)).size
}
