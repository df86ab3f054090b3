import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'

describe.each(ENGINES)('$engine: a commit', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('keeps messages whole, whatever their texts hold', async () => {
    const odd = '\0 lone \uD800 and \uDFFF, pair 😀, private \uF800\uF840, %_\\'
    const told = message('a\0\uD83D', {
      text: odd,
      from: odd,
      to: '\0',
      interactionId: '\uDE00',
      failure: { code: odd, reason: odd },
      raw: { nested: [odd, null, { n: 1.5 }] },
    })
    const { archive, commit } = fixture()
    expect(await commit({ messages: [told] })).toEqual({ added: [told.upstreamId], changed: [] })
    const stored = await archive.store.stored(SOURCE, [told.upstreamId, 'another'])
    expect([...stored]).toEqual([[told.upstreamId, { message: told, deleted: false }]])
  })
})
