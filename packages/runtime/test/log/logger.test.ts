import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogger } from '../../src/log/create-logger.js'
import type { Logger } from '../../src/log/logger.js'

interface Recorder {
  readonly logger: Logger
  readonly lines: () => string[]
}

function record(secrets: readonly string[], isTTY = false): Recorder {
  let text = ''
  const stream = { isTTY, write: (chunk: string): unknown => (text += chunk) }
  return { logger: createLogger({ secrets, stream }), lines: () => text.split('\n').slice(0, -1) }
}

describe('a log that is not a terminal', () => {
  test('has one JSON object on each line', () => {
    const { logger, lines } = record([])
    logger.info('ready', { url: 'http://127.0.0.1:4000/graphql', sources: ['octo', 'shop'] })
    logger.warn('slow')
    logger.error('failed', { error: new TypeError('no\nroute') })
    expect(lines().map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'info', message: 'ready', sources: ['octo', 'shop'] }),
      expect.objectContaining({ level: 'warn', message: 'slow' }),
      expect.objectContaining({ level: 'error', message: 'failed', error: 'TypeError: no\nroute' }),
    ])
    expect(lines()[0]).toMatch(/"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/)
  })

  test('keeps its own members whatever the fields are called', () => {
    const { logger, lines } = record([])
    logger.info('ready', { level: 'fake', message: 'fake', time: 'fake' })
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ level: 'info', message: 'ready' })
    expect(lines()[0]).not.toContain('fake')
  })

  test('survives what JSON cannot hold', () => {
    const { logger, lines } = record([])
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    logger.info('odd', { circle })
    logger.info('big', { count: 12n })
    expect(lines().map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ message: 'odd', fields: '[not representable]' }),
      expect.objectContaining({ message: 'big', count: '12' }),
    ])
  })
})

describe('a log on a terminal', () => {
  test('is text, one line for each event', () => {
    const { logger, lines } = record([], true)
    logger.warn('upstream is slow', { source: 'octo', after: 3, why: 'no answer yet' })
    expect(lines()).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d warn {2}upstream is slow source=octo after=3 why="no answer yet"$/,
      ),
    ])
  })

  test('survives a cycle', () => {
    const { logger, lines } = record([], true)
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    logger.info('odd', { circle })
    expect(lines()).toEqual([expect.stringMatching(/ info {2}odd fields="\[not representable\]"$/)])
  })

  test('escapes control characters', () => {
    const { logger, lines } = record([], true)
    logger.info('a\n\u001b[2Jb\u009b', { text: 'c\rd' })
    expect(lines()).toHaveLength(1)
    expect(lines()[0]).toMatch(/ info {2}a\\u000a\\u001b\[2Jb\\u009b text="c\\rd"$/)
  })
})

describe('secrets', () => {
  const secret = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 12 })
    .map((rest) => `s3cret${rest}`)
    .filter((text) => text.isWellFormed())
  const surroundings = fc.string({ maxLength: 8 })

  test.each([
    ['JSON', false],
    ['text', true],
  ])('never come out as %s, wherever they occur and however they are spelled', (_, isTTY) => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), surroundings, (secrets, around) => {
        const { logger, lines } = record(secrets, isTTY)
        for (const one of secrets) {
          const text = `${around}${one}${around}`
          logger.error(text, { [text]: text, list: [{ [text]: text }], error: new Error(text) })
          logger.warn(encodeURIComponent(text), { url: new URLSearchParams({ q: one }).toString() })
          logger.info(JSON.stringify({ body: text }))
        }
        expect(lines().join('\n')).not.toContain('s3cret')
      }),
    )
  })

  test('that overlap leave nothing of each other', () => {
    const { logger, lines } = record(['s3cret-ab', 'ab-tail'])
    logger.info('s3cret-ab-tail ab-tail')
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ message: '[redacted] [redacted]' })
  })

  test('that are numbers are found in numbers', () => {
    const { logger, lines } = record(['4711081547110815'])
    logger.info('code', { id: 4711081547110815, port: 4000 })
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ id: '[redacted]', port: 4000 })
  })

  test('that any text holds by chance blank nothing', () => {
    const { logger, lines } = record(['', 'e', '80', 'rea'])
    logger.info('ready', { port: 8080 })
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ message: 'ready', port: 8080 })
  })
})
