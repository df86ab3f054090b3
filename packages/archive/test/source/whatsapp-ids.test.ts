import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'

describe.each(ENGINES)("$engine: WhatsApp's ids", ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('lead to their messages, also when they become known later', async () => {
    const { archive, commit } = fixture()
    const ids = ['wamid.HBgLMQ==', 'wamid.HBgLMg==', 'wamid.\u0000', '']
    const messages = ids.map((whatsappId, index) => message(`${index + 1}`, { whatsappId }))
    await commit({ observedAt: 10, messages: [...messages, message('9')] })
    for (const [index, id] of ids.entries())
      expect(await archive.findByWhatsappId(id)).toEqual([{ source: SOURCE, upstreamId: `${index + 1}` }])
    expect(await archive.findByWhatsappId('wamid.HBgLMw==')).toEqual([])
    await commit({ observedAt: 20, messages: [message('9', { whatsappId: 'wamid.HBgLMw==' })] })
    expect(await archive.findByWhatsappId('wamid.HBgLMw==')).toEqual([{ source: SOURCE, upstreamId: '9' }])
    await commit({ observedAt: 30, messages: [message('9', { whatsappId: ids[0] ?? null })] })
    expect(await archive.findByWhatsappId('wamid.HBgLMw==')).toEqual([])
    expect(await archive.findByWhatsappId('wamid.HBgLMQ==')).toHaveLength(2)
  })
})
