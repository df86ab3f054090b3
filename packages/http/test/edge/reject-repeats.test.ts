import { UpstreamError } from '@waybill/core'
import { expect, test } from 'vitest'
import { rejectRepeats } from '../../src/index.js'
import { thrownBy } from '../support/thrown-by.js'

test.each([[[]], [['7']], [['7', '8', '70']]])('the ids %j are different', (ids) => {
  expect(() => {
    rejectRepeats(ids, 'data', 'shop')
  }).not.toThrow()
})

test.each([
  ['data', 'data[1] and data[3]: expected different ids, found the same twice'],
  ['', '[1] and [3]: expected different ids, found the same twice'],
])('an id that stands twice in %j is refused with both places', (at, reason) => {
  const error = thrownBy(() => {
    rejectRepeats(['7', '8', '9', '8', '7'], at, 'shop')
  })
  expect(error).toBeInstanceOf(UpstreamError)
  expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop' })
  expect(String(error)).toContain(`: ${reason}. `)
})
