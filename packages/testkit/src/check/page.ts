import type { ListRequest, ListResult } from '@waybill/core'
import { expectEqual, expectThat } from './conformance-failure.js'
import { expectSoundMessage } from './message.js'

/** @throws ConformanceFailure for what no page may be, whatever the upstream holds. */
export function expectSoundPage(page: ListResult, request: ListRequest): void {
  const { messages, parameters, cursor } = page
  messages.forEach(expectSoundMessage)
  const ids = messages.map(({ upstreamId }) => upstreamId)
  expectEqual('the ids of one page', ids, [...new Set(ids)])
  const limit = request.page.kind === 'page' ? request.page.size : request.page.limit
  expectThat('the page', messages.length <= limit, `at most ${limit} messages`, messages.length)
  expectSoundRejections(page)
  for (const parameter of parameters) {
    expectThat('a parameter', /^[^=]+=/.test(parameter), 'name=value', parameter)
  }
  expectEqual(
    'whether the page reports on page numbers',
    page.page !== undefined,
    request.page.kind === 'page',
  )
  expectEqual('whether the page has cursors', cursor !== undefined, request.page.kind === 'cursor')
  if (cursor === undefined) return
  expectEqual('the number of cursors', cursor.cursors.length, messages.length)
  expectThat(
    'hasNextPage of an empty page',
    messages.length > 0 || !cursor.hasNextPage,
    'false, since nothing says where to read on',
    cursor.hasNextPage,
  )
}

function expectSoundRejections({ messages, rejected = [] }: ListResult): void {
  const places = rejected.map(({ position }) => position)
  const inOrder = [...new Set(places)].toSorted((a, b) => a - b)
  expectEqual('the positions of the rows that are set aside', places, inOrder)
  const count = messages.length + rejected.length
  const isWithin = places.every((place) => Number.isInteger(place) && place >= 0 && place < count)
  expectThat('the positions of the rows that are set aside', isWithin, `from 0 to ${count - 1}`, places)
  for (const { upstreamId, reason, raw } of rejected) {
    const isId = upstreamId === null || upstreamId !== ''
    expectThat('the id of a row that is set aside', isId, 'text or null', upstreamId)
    expectThat('the reason of a row that is set aside', reason.trim() !== '', 'a text', reason)
    expectThat('raw of a row that is set aside', raw !== undefined, 'the upstream’s own row', raw)
  }
}
