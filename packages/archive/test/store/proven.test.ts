import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { useArchive, SOURCE } from '../support/open.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)('$engine: spans that were compared with the whole list', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('take the place of what they overlap, so that each time has one', async () => {
    const { archive, commit } = fixture()
    const steps = [
      { added: [0, 100, 1], all: [[0, 100, 1]] },
      {
        added: [80, 120, 2],
        all: [
          [0, 79, 1],
          [80, 120, 2],
        ],
      },
      {
        added: [20, 30, 3],
        all: [
          [0, 19, 1],
          [20, 30, 3],
          [31, 79, 1],
          [80, 120, 2],
        ],
      },
      {
        added: [19, 80, 4],
        all: [
          [0, 18, 1],
          [19, 80, 4],
          [81, 120, 2],
        ],
      },
      {
        added: [121, 130, 5],
        all: [
          [0, 18, 1],
          [19, 80, 4],
          [81, 120, 2],
          [121, 130, 5],
        ],
      },
      { added: [0, 130, 6], all: [[0, 130, 6]] },
    ]
    for (const { added, all } of steps) {
      const [from = 0, to = 0, at = 0] = added
      await commit({ proven: { from, to, at } })
      const proven = await storeOf(archive).proven(SOURCE)
      expect(proven.map((range) => [range.from, range.to, range.at])).toEqual(all)
    }
    expect(await storeOf(archive).proven('another')).toEqual([])
  })
})
