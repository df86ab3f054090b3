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
  it('needs a token and a base URL, and names both at once', () => {
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

  it.each([-1, '15', Number.NaN, Infinity, null])('refuses a skew of %j', (maxSkewMinutes) => {
    const issues = issuesOf({ ...GOOD, maxSkewMinutes })
    expect(issues).toMatchObject([{ path: ['maxSkewMinutes'], expected: 'a number of minutes from 0' }])
  })

  it('names the option that was probably meant', () => {
    expect(issuesOf({ ...GOOD, tokne: 'wacr-s3cret-2', baseURL: 1, colour: 'red' })).toEqual([
      {
        path: ['tokne'],
        expected: 'one of the options token, baseUrl, maxSkewMinutes, timeZone (did you mean token?)',
        found: 'an unknown option',
      },
      {
        path: ['baseURL'],
        expected: 'one of the options token, baseUrl, maxSkewMinutes, timeZone (did you mean baseUrl?)',
        found: 'an unknown option',
      },
      {
        path: ['colour'],
        expected: 'one of the options token, baseUrl, maxSkewMinutes, timeZone',
        found: 'an unknown option',
      },
    ])
  })

  it('takes an IANA time zone, and nothing else, for times without one', () => {
    expect(() => createProvider({ ...GOOD, timeZone: 'Europe/Berlin' }, { source: 'shop' })).not.toThrow()
    expect(issuesOf({ ...GOOD, timeZone: 'Berlin' })).toMatchObject([
      { path: ['timeZone'], found: 'text that names none' },
    ])
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
