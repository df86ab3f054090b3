import type { Message } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'

const kept = { upstreamId: '1', sentAt: 1 } as Message
const DETAIL = {
  statusMessage: 'fine',
  replyToId: null,
  mediaUrl: null,
  staffId: null,
  deliveredAt: null,
  readAt: null,
}

it('takes a message that a source has at hand, and asks for what it has not', async () => {
  const asked: string[] = []
  const engine = createEngine({
    sources: [
      {
        id: 'kept',
        provider: {
          ...memoryProvider([]).provider,
          find: async (id) => Promise.resolve(id === '1' ? kept : null),
          get: async (id) => {
            asked.push(id)
            return Promise.resolve({ message: { ...kept, upstreamId: id }, detail: DETAIL })
          },
        },
      },
    ],
  })
  expect(await engine.message('kept', '1')).toBe(kept)
  expect(asked).toEqual([])
  expect(await engine.message('kept', '2')).toMatchObject({ upstreamId: '2' })
  expect(await engine.detail('kept', '1')).toEqual(DETAIL)
  expect(asked).toEqual(['2', '1'])
})
