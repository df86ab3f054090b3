import { ConfigurationError, type ConfigurationIssue } from '@waybill/core'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import createProvider, { wacr } from '../src/index.js'

const GOOD = { token: 'wacr-s3cret-token', baseUrl: 'https://tenant.example/api/v2' }

function issuesOf(options: unknown): readonly ConfigurationIssue[] {
  try {
    createProvider(options, { source: 'shop' })
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues
  }
  throw new Error('expected a ConfigurationError')
}

describe('options', () => {
  it('needs a token and a base URL, and says so of both at once', () => {
    expect(issuesOf({})).toEqual([
      { path: ['token'], expected: 'text', found: 'nothing' },
      { path: ['baseUrl'], expected: 'an http or https URL', found: 'nothing' },
    ])
  })

  it('takes a skew of 15 minutes for granted', () => {
    expect(wacr(GOOD).capabilities.maxSkewMs).toBe(15 * 60_000)
    expect(wacr({ ...GOOD, maxSkewMinutes: 0.5 }).capabilities.maxSkewMs).toBe(30_000)
    expect(wacr({ ...GOOD, maxSkewMinutes: 0 }).capabilities.maxSkewMs).toBe(0)
  })

  it('has the name of its package', () => {
    expect(wacr(GOOD).name).toBe('@waybill/provider-wacr')
  })

  it.each([
    [null, 'null'],
    [undefined, 'nothing'],
    [[GOOD], 'an array'],
    ['wacr-s3cret-token', 'text'],
  ])('refuses %j for options', (options, found) => {
    expect(issuesOf(options)).toEqual([{ path: [], expected: 'an object', found }])
  })

  it.each([
    ['', 'empty text'],
    ['  ', 'blank text'],
    ['wacr-s3cret token', 'text'],
    ['wacr-s3cret-token\n', 'text'],
    ['wacr-s3crét', 'text'],
    [7, 'a number'],
  ])('refuses the token %j', (token, found) => {
    expect(issuesOf({ ...GOOD, token })).toMatchObject([{ path: ['token'], found }])
  })

  it.each([
    ['tenant.example/api', 'text that is no URL'],
    ['ftp://tenant.example', 'a URL of another scheme'],
    ['https://user:s3cret@tenant.example', 'a URL with them'],
    ['https://tenant.example/?key=s3cret', 'a query or a fragment behind it'],
    ['https://tenant.example/#s3cret', 'a query or a fragment behind it'],
    ['', 'text that is no URL'],
    [443, 'a number'],
  ])('refuses the base URL %j', (baseUrl, found) => {
    expect(issuesOf({ ...GOOD, baseUrl })).toMatchObject([{ path: ['baseUrl'], found }])
  })

  it.each([-1, '15', Number.NaN, Infinity, null])('refuses a skew of %j', (maxSkewMinutes) => {
    const issues = issuesOf({ ...GOOD, maxSkewMinutes })
    expect(issues).toMatchObject([{ path: ['maxSkewMinutes'], expected: 'a number of minutes from 0' }])
  })

  it('names the option that was probably meant', () => {
    expect(issuesOf({ ...GOOD, tokne: 'wacr-s3cret-2', baseURL: 1, colour: 'red' })).toEqual([
      {
        path: ['tokne'],
        expected: 'one of the options token, baseUrl, maxSkewMinutes (did you mean token?)',
        found: 'an unknown option',
      },
      {
        path: ['baseURL'],
        expected: 'one of the options token, baseUrl, maxSkewMinutes (did you mean baseUrl?)',
        found: 'an unknown option',
      },
      {
        path: ['colour'],
        expected: 'one of the options token, baseUrl, maxSkewMinutes',
        found: 'an unknown option',
      },
    ])
  })

  it('takes names that objects inherit for unknown options', () => {
    const options: unknown = JSON.parse(
      '{"token":"t","baseUrl":"http://a.example","__proto__":1,"constructor":2}',
    )
    expect(issuesOf(options).map((issue) => issue.path)).toEqual([['__proto__'], ['constructor']])
  })

  it('lists everything that is wrong at once and quotes nothing', () => {
    const options = {
      token: ' wacr-s3cret',
      baseUrl: 'https://me:s3cret@a.example/?s3cret',
      s3crte: 's3cret',
      maxSkewMinutes: 's3cret',
    }
    const paths = issuesOf(options).map((issue) => issue.path.join('.'))
    expect(paths).toEqual(['token', 'baseUrl', 'baseUrl', 'maxSkewMinutes', 's3crte'])
    expect(inspect(issuesOf(options), { depth: null })).not.toContain('s3cret')
  })
})
