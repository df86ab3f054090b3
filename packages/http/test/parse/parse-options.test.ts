import { ConfigurationError, type ConfigurationIssue } from '@waybill/core'
import { inspect } from 'node:util'
import { expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod/mini'
import { baseUrlSchema, credentialSchema, parseOptions } from '../../src/index.js'
import { thrownBy } from '../support/thrown-by.js'

const SHAPE = {
  token: credentialSchema,
  baseUrl: z.prefault(baseUrlSchema, 'https://api.example/v1'),
  maxSkewMinutes: z.optional(z.number('a number of minutes')),
  retry: z.optional(z.strictObject({ times: z.number('a number') }, 'an object')),
}

function issuesOf(options: unknown): readonly ConfigurationIssue[] {
  const error = thrownBy(() => parseOptions(SHAPE, options))
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('s3cret')
  return (error as ConfigurationError).issues
}

test('options are read into typed values, defaults included', () => {
  const { token, baseUrl, maxSkewMinutes } = parseOptions(SHAPE, { token: 'an-s3cret' })
  expectTypeOf(baseUrl).toEqualTypeOf<URL>()
  expectTypeOf(maxSkewMinutes).toEqualTypeOf<number | undefined>()
  expect([token, baseUrl.href, maxSkewMinutes]).toEqual(['an-s3cret', 'https://api.example/v1', undefined])
})

test.each([
  [null, 'null'],
  [undefined, 'nothing'],
  [[{ token: 'an-s3cret' }], 'an array'],
  ['an-s3cret', 'text'],
])('%j is refused for options', (options, found) => {
  expect(issuesOf(options)).toEqual([{ path: [], expected: 'an object', found }])
})

test.each([
  [undefined, 'text', 'nothing'],
  [7, 'text', 'a number'],
  ['', 'text of visible ASCII characters without white space', 'empty text'],
  ['  ', 'text of visible ASCII characters without white space', 'blank text'],
  ['s3cret token', 'text of visible ASCII characters without white space', 'text'],
  ['s3cret-token\n', 'text of visible ASCII characters without white space', 'text'],
  ['s3crét', 'text of visible ASCII characters without white space', 'text'],
])('%j is refused for a credential', (token, expected, found) => {
  expect(issuesOf({ token })).toEqual([{ path: ['token'], expected, found }])
})

test.each([
  ['tenant.example/api', 'an http or https URL', 'text that is no URL'],
  ['', 'an http or https URL', 'text that is no URL'],
  ['ftp://tenant.example', 'an http or https URL', 'a URL of another scheme'],
  ['https://user:s3cret@tenant.example', 'a URL without user name and password', 'a URL with them'],
  ['https://tenant.example/?key=s3cret', 'a URL that ends with its path', 'a query or a fragment behind it'],
  ['https://tenant.example/#s3cret', 'a URL that ends with its path', 'a query or a fragment behind it'],
  [443, 'an http or https URL', 'a number'],
])('%j is refused for a base URL', (baseUrl, expected, found) => {
  expect(issuesOf({ token: 't', baseUrl })).toEqual([{ path: ['baseUrl'], expected, found }])
})

test('an unknown option is named with the one that was probably meant', () => {
  const known = 'one of the options token, baseUrl, maxSkewMinutes, retry'
  const found = 'an unknown option'
  expect(issuesOf({ token: 't', tokne: 'an-s3cret', baseURL: 1, colour: 'red' })).toEqual([
    { path: ['tokne'], expected: `${known} (did you mean token?)`, found },
    { path: ['baseURL'], expected: `${known} (did you mean baseUrl?)`, found },
    { path: ['colour'], expected: known, found },
  ])
})

test('an unknown member of an option is named with its path', () => {
  expect(issuesOf({ token: 't', retry: { times: 1, tiems: 2 } })).toEqual([
    { path: ['retry', 'tiems'], expected: 'a member that is documented', found: 'an unknown one' },
  ])
})

test('names that objects inherit are unknown options', () => {
  const options: unknown = JSON.parse('{"token":"t","__proto__":1,"constructor":2}')
  expect(issuesOf(options).map(({ path }) => path)).toEqual([['__proto__'], ['constructor']])
})

test('everything that is wrong is reported at once', () => {
  const options = {
    token: ' an-s3cret',
    baseUrl: 'https://me:s3cret@a.example/?s3cret',
    maxSkewMinutes: 's3cret',
    other: 's3cret',
  }
  const paths = issuesOf(options).map(({ path }) => path.join('.'))
  expect(paths).toEqual(['token', 'baseUrl', 'baseUrl', 'maxSkewMinutes', 'other'])
})
