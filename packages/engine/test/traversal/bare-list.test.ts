import type { MessageProvider } from '@waybill/core'
import { expect, test } from 'vitest'
import { createEngine } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'

/**
 * Lists by a server that serves pages of one size, or cuts larger ones to it, without any figure, or with the requested size as the only one.
 */
function bareList(rows: number, size: number, isFixed: boolean, isEchoed: boolean): MessageProvider {
  const messages = Array.from({ length: rows }, (_, index) => ({
    upstreamId: String(index),
    sentAt: Math.floor(index / 2) * 1000,
  }))
  const { provider } = memoryProvider(messages)
  return {
    ...provider,
    list: async (request, call) => {
      if (request.page.kind !== 'page') throw new TypeError('Read me by pages.')
      const served = { ...request.page, size: isFixed ? size : Math.min(size, request.page.size) }
      const { messages: found, parameters } = await provider.list({ ...request, page: served }, call)
      const page = { total: null, pageSize: request.page.size, lastPage: null }
      return { messages: found, parameters, ...(isEchoed ? { page } : {}) }
    },
  }
}

const SIZES = [1, 3, 9, 10, 11, 20, 30]
const LISTS = SIZES.flatMap((size) =>
  [true, false].flatMap((isFixed) =>
    [size - 1, size, size + 1, 3 * size, 57, 100].flatMap((rows) =>
      [7, 500].flatMap((first) =>
        [true, false].map((isEchoed) => ({ rows, size, isFixed, first, isEchoed })),
      ),
    ),
  ),
)

test.each(LISTS)(
  '$rows messages without a figure (the requested size: $isEchoed), on pages of $size (always: $isFixed), all come, $first at a time',
  async ({ rows, size, isFixed, first, isEchoed }) => {
    const provider = bareList(rows, size, isFixed, isEchoed)
    const engine = createEngine({ sources: [{ id: 'bare', provider }] })
    const { pages, rows: found } = await traverse(engine, { first })
    expect(idsOf(found)).toHaveLength(new Set(idsOf(found)).size)
    expect(found).toHaveLength(rows)
    const reports = pages.map((page) => reportOf(page, 'bare'))
    // Pages that can share no row prove nothing.
    if (size < 10 && rows > size)
      expect(reports.flatMap(({ warnings }) => warnings.map(({ code }) => code))).toContain('PLACE_LOST')
  },
)
