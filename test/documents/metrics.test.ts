import { expect, it } from 'vitest'
import { trackedFiles } from '../support/tracked-files.js'

it('the configuration guide lists every metric, and no other', () => {
  const sources = trackedFiles(/^apps\/graphql\/src\/server\/.*\.ts$/)
  const [guide] = trackedFiles(/^docs\/guides\/configuration\.md$/)
  const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name)
  const defined = sources.flatMap(({ text }) => namesIn(text, /'(waybill_[a-z_]+)'/g))
  const listed = namesIn(guide?.text ?? '', /^\| `(waybill_[a-z_]+)/gm)
  expect(defined).not.toEqual([])
  expect(new Set(listed)).toEqual(new Set(defined))
})
