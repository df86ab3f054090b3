import { expect, test } from 'vitest'
import { createProgress, createProgressLines, describeProgress } from '../src/command/progress.js'

test.each([
  [
    { done: 12_000, from: 0, total: 50_000, elapsedMs: 8000 },
    '12,000 of 50,000 messages, 1,500/s, 0:26 left',
  ],
  [
    { done: 12_000, from: 10_000, total: 1_000_000, elapsedMs: 1000 },
    '12,000 of 1,000,000 messages, 2,000/s, 8:14 left',
  ],
  [{ done: 1, from: 0, total: 10_000, elapsedMs: 1000 }, '1 of 10,000 messages, 1/s, 2:46:39 left'],
  [{ done: 700, from: 0, total: null, elapsedMs: 1000 }, '700 messages, 700/s'],
  [{ done: 700, from: 0, total: 700, elapsedMs: 1000 }, '700 of 700 messages, 700/s'],
  [{ done: 0, from: 0, total: 700, elapsedMs: 0 }, '0 of 700 messages'],
])('%j reads %j', (figures, text) => {
  expect(describeProgress({ ...figures, what: 'messages' })).toBe(text)
})

test('a terminal gets one line that is written anew, a pipe nothing', () => {
  for (const isTTY of [true, false]) {
    let text = ''
    const progress = createProgress({ isTTY, write: (part) => (text += part) }, 'messages')
    progress.show(500, 1000)
    progress.show(600, 1000)
    progress.clear()
    expect(text).toMatch(isTTY ? /^\r\u001B\[2K500 of 1,000 messages.*\r\u001B\[2K$/ : /^$/)
  }
})

test('several lines are removed together, and none is wider than the terminal', () => {
  let text = ''
  const lines = createProgressLines({ isTTY: true, columns: 10, write: (part) => (text += part) })
  lines.show(() => ['octo: 1 of 2 messages', 'shop'])
  lines.clear()
  expect(text).toBe('\r\u001B[2Kocto: 1 o\nshop\r\u001B[2K\u001B[1A\u001B[2K')
})
