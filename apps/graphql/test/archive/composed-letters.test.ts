import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

const TEXTS = [
  'Café',
  'CAFE\u0301',
  'cafe',
  'Việt Nam',
  'Vie\u0323\u0302t Nam',
  '각하',
  '\u1100\u1161\u11A8하',
]
const OCTOPODS = { rows: TEXTS.map((content, index) => plainOctopodsRow(index, { content })) }
const WACR = { rows: TEXTS.map((message, index) => plainWacrRow(index + 10, { message })) }

async function textsOf(server: Harness, search: string | null): Promise<readonly string[]> {
  const query = 'query ($search: String) { messages(search: $search, first: 100) { nodes { text } } }'
  const { data, errors } = await server.ask(query, { search })
  expect(errors).toEqual([])
  const connection = data?.['messages'] as
    | { readonly nodes: readonly { readonly text: string }[] }
    | undefined
  return (connection?.nodes ?? []).map(({ text }) => text)
}

const SEARCHES: readonly [search: string, positions: readonly number[]][] = [
  ['café', [0, 1]],
  ['cafe\u0301', [0, 1]],
  ['CAFÉ', [0, 1]],
  ['cafe', [2]],
  ['caf', [0, 1, 2]],
  ['é', [0, 1]],
  ['việt nam', [3, 4]],
  ['VIE\u0302\u0323T', [3, 4]],
  ['각', [5, 6]],
]

describe.each(PLACES)('$engine', ({ createPlace }) => {
  test('a letter is found whether it is one character or two, live and archived, and comes as it was sent', async () => {
    const upstreams = await startUpstreams({ octopods: OCTOPODS, wacr: WACR })
    const live = await serve(upstreams, {})
    const archived = await serve(upstreams, { archive: await emptyArchive(createPlace) })
    await expect.poll(() => textsOf(archived, null), PATIENCE).toHaveLength(2 * TEXTS.length)
    for (const server of [live, archived]) {
      for (const [search, positions] of SEARCHES) {
        const expected = positions.flatMap((position) => [TEXTS[position] ?? '', TEXTS[position] ?? ''])
        expect({ search, found: (await textsOf(server, search)).toSorted() }).toEqual({
          search,
          found: expected.toSorted(),
        })
      }
    }
  })
})
