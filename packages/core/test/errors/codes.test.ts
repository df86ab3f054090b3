import { readFileSync } from 'node:fs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ERROR_CODES, type ErrorCode, type ErrorCodeInfo, type UpstreamErrorCode } from '../../src/index.js'

describe('the table of error codes', () => {
  it('has for every code who must act and whether a retry can help', () => {
    const table = Object.entries(ERROR_CODES).map(
      ([code, { actor, retryable }]) => `${code} ${actor} ${retryable}`,
    )
    expect(table).toEqual([
      'INVALID_FILTER caller false',
      'INVALID_CURSOR caller false',
      'BAD_USER_INPUT caller false',
      'UNSUPPORTED_SORT caller false',
      'UNAUTHENTICATED caller false',
      'FORBIDDEN caller false',
      'QUERY_TOO_EXPENSIVE caller false',
      'INVALID_CONFIGURATION operator false',
      'UPSTREAM_UNAUTHORIZED operator false',
      'UPSTREAM_FORBIDDEN operator false',
      'UPSTREAM_RATE_LIMITED upstream true',
      'UPSTREAM_REJECTED operator false',
      'UPSTREAM_UNAVAILABLE upstream true',
      'UPSTREAM_TIMEOUT upstream true',
      'UPSTREAM_INVALID_RESPONSE upstream false',
      'ARCHIVE_UNAVAILABLE operator true',
    ])
  })

  it('is what the documentation lists', () => {
    const text = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    const rows = [...text.matchAll(/^\| `(\w+)` +\|[^|]*\| (\w+) +\| (yes|no) +\|$/gm)]
    const told = rows.map(([, code, actor, again]) => [code, actor, again])
    const table = Object.entries(ERROR_CODES).map(([code, { actor, retryable }]) => [
      code,
      actor,
      retryable ? 'yes' : 'no',
    ])
    expect(told).toEqual(table)
  })

  it.each(Object.entries(ERROR_CODES))('has a sentence on what to do about %s', (_, { remedy }) => {
    expect(remedy).toMatch(/^[A-Z].*[a-z]\.$/)
  })

  it('is complete by its type', () => {
    expectTypeOf(ERROR_CODES).toEqualTypeOf<Readonly<Record<ErrorCode, ErrorCodeInfo>>>()
    expectTypeOf<'UPSTREAM_TIMEOUT'>().toExtend<UpstreamErrorCode>()
    expectTypeOf<'INVALID_FILTER'>().not.toExtend<UpstreamErrorCode>()
  })
})
