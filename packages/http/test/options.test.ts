import { ConfigurationError } from '@waybill/core'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { UpstreamClientOptions } from '../src/index.js'
import { connect } from './support/connect.js'

const url = new URL('http://127.0.0.1/')

function issuesOf(options: Partial<UpstreamClientOptions>): readonly string[] {
  try {
    connect({ url }, options)
    return []
  } catch (error) {
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('s3cret')
    return error instanceof ConfigurationError ? error.message.split('\n') : [String(error)]
  }
}

test.each<[Partial<UpstreamClientOptions>, string]>([
  [
    { baseUrl: new URL('ftp://x.example') },
    'baseUrl: expected an http or https URL, found the protocol ftp:',
  ],
  [
    { baseUrl: new URL('http://me:s3cret@x.example') },
    'baseUrl: expected a URL without user name and password, found a URL with them',
  ],
  [
    { headers: { authorization: 'Bearer octo-s3cret\nkey' } },
    'headers.authorization: expected a name and value that an HTTP header can carry, ' +
      'found a line break or another character that it cannot carry',
  ],
  [{ limits: { retries: -1 } }, 'limits.retries: expected an integer from 0, found -1'],
  [{ limits: { concurrency: 1.5 } }, 'limits.concurrency: expected an integer from 1, found 1.5'],
  [{ limits: { attemptTimeoutMs: NaN } }, 'limits.attemptTimeoutMs: expected a number from 1, found NaN'],
  [{ rateLimit: { requests: 0, perSeconds: 1 } }, 'rateLimit.requests: expected an integer from 1, found 0'],
  [
    { rateLimit: { requests: 1, perSeconds: 0 } },
    'rateLimit.perSeconds: expected a number from 0.001, found 0',
  ],
])('refuses %j', (options, issue) => {
  expect(issuesOf(options)).toEqual([issue])
})

test('reports everything that is wrong at once', () => {
  const limits = { retries: -1, maxBodyBytes: 0 }
  expect(issuesOf({ limits, headers: { 'a b': 'x' } })).toHaveLength(3)
})

test('takes a time limit that is longer than any timer', () => {
  expect(issuesOf({ limits: { totalTimeoutMs: 1e15 } })).toEqual([])
})
