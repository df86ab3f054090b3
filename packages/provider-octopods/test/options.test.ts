import { ConfigurationError, type ConfigurationIssue } from '@waybill/core'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import createProvider, { octopods, type OctopodsOptions } from '../src/index.js'
import { parseOctopodsOptions } from '../src/options.js'

const GOOD: OctopodsOptions = { apiKey: 'octo-s3cret-key', baseUrl: 'https://api.example/v1' }

function issuesOf(options: unknown): readonly ConfigurationIssue[] {
  try {
    createProvider(options, { source: 'shop' })
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues
  }
  throw new Error('expected a ConfigurationError')
}

describe('options', () => {
  it('needs an API key, and nothing else', () => {
    expect(issuesOf({})).toEqual([{ path: ['apiKey'], expected: 'text', found: 'nothing' }])
    expect(octopods({ apiKey: 'octo-s3cret-key' }).name).toBe('@waybill/provider-octopods')
  })

  it('reads the public API by default', () => {
    const { baseUrl } = parseOctopodsOptions({ apiKey: 'octo-s3cret-key' })
    expect(baseUrl.href).toBe('https://app.octopods.io/api/v1')
  })

  it('names the option that was probably meant', () => {
    expect(issuesOf({ ...GOOD, apikey: 'octo-s3cret-2', baesUrl: 1, colour: 'red' })).toEqual([
      {
        path: ['apikey'],
        expected: 'one of the options apiKey, baseUrl, timeZone (did you mean apiKey?)',
        found: 'an unknown option',
      },
      {
        path: ['baesUrl'],
        expected: 'one of the options apiKey, baseUrl, timeZone (did you mean baseUrl?)',
        found: 'an unknown option',
      },
      {
        path: ['colour'],
        expected: 'one of the options apiKey, baseUrl, timeZone',
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
      apiKey: ' octo-s3cret',
      baseUrl: 'https://me:s3cret@a.example/?s3cret',
      s3crte: 's3cret',
    }
    const paths = issuesOf(options).map((issue) => issue.path.join('.'))
    expect(paths).toEqual(['apiKey', 'baseUrl', 'baseUrl', 's3crte'])
    expect(inspect(issuesOf(options), { depth: null })).not.toContain('s3cret')
  })
})
