import { beforeAll, expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type GraphQLAnswer, type Harness, startHarness } from './support/harness.js'
import { message } from './support/message.js'

const UNITS = 600

/** What a text is made of, and how many bytes each UTF-16 code unit of it has in JSON. */
const SCRIPTS = [
  ['ASCII', 'x', 1],
  ['Cyrillic letters', 'Ж', 2],
  ['Thai letters', 'ก', 3],
  ['Chinese characters', '訊', 3],
  ['emoji', '😀', 2],
  ['emoji of several characters', '👩\u200d👩', 2.2],
  ['first halves of pairs', '\ud83d', 6],
  ['second halves of pairs', '\ude00', 6],
  ['control characters', '\u0001', 6],
  ['quotes and line breaks', '"\n', 2],
  ['separators of lines', '\u2028', 3],
] as const

const sources = SCRIPTS.map(([, piece], index) =>
  sourceOf(
    `s${index}`,
    arrayProvider({
      messages: [message(1, { text: piece.repeat(UNITS / piece.length), raw: { [piece]: [piece] } })],
    }),
  ),
)
let harness: Harness

beforeAll(async () => {
  harness = await startHarness({ sources }, () => undefined)
  return () => harness.close()
})

const listOf = (index: number, fields: string): string =>
  `messages(filter: { source: { eq: "s${index}" } }) { nodes { ${fields} } }`

/** Asked for once more, a list of messages is answered without Yoga; with another field beside it, it never is. */
async function askBothWays({ ask }: Harness, index: number, fields: string): Promise<GraphQLAnswer[]> {
  const list = `{ ${listOf(index, fields)} }`
  const plain = { 'accept-encoding': 'identity' }
  return [
    await ask(`{ ${listOf(index, fields)} __typename }`, {}, plain),
    await ask(list, {}, plain),
    ...(await Promise.all([ask(list, {}, plain), ask(list, {}, plain)])),
  ]
}

test.each(SCRIPTS.map(([name, piece], index) => [name, piece, index] as const))(
  'a text of %s arrives whole, and its answer has the length that is announced',
  async (_, piece, index) => {
    for (const { text, headers, data } of await askBothWays(harness, index, 'text raw')) {
      expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(text))
      expect(data?.['messages']).toEqual({
        nodes: [{ text: piece.repeat(UNITS / piece.length), raw: { [piece]: [piece] } }],
      })
    }
  },
)

test.each(SCRIPTS.map(([name, , bytes], index) => [name, bytes, index] as const))(
  'a text of %s counts with the bytes that are sent, neither more nor fewer',
  async (_, bytes, index) => {
    const size = bytes * UNITS + 2
    const startWith = (maxAnswerBytes: number): Promise<Harness> =>
      startHarness({ sources, limits: { maxAnswerBytes } })
    for (const { errors, data } of await askBothWays(await startWith(size), index, 'text')) {
      expect(errors).toEqual([])
      expect(data).not.toBeNull()
    }
    for (const { errors, data } of await askBothWays(await startWith(size - 1), index, 'text')) {
      expect(data ?? null).toBeNull()
      expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }])
    }
  },
)

test('the names within a value count as well', async () => {
  const [index, piece, bytes] = [2, 'ก', 3]
  const raw = JSON.stringify({ [piece]: [piece] })
  expect(Buffer.byteLength(raw)).toBe(2 * (bytes + 2) + 5)
  const { ask } = await startHarness({ sources, limits: { maxAnswerBytes: Buffer.byteLength(raw) - 1 } })
  expect((await ask(`{ ${listOf(index, 'raw')} }`)).errors).toMatchObject([
    { extensions: { code: 'QUERY_TOO_EXPENSIVE' } },
  ])
})
