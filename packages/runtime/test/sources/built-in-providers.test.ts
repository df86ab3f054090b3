import { describe, expect, test } from 'vitest'
import { ConfigurationError } from '@waybill/core'
import { loadConfiguration } from '../../src/sources/load-configuration.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'

const PROVIDERS = [
  ['@waybill/provider-octopods', { apiKey: 'octo-s3cret-key' }, 'sources[0].options.apiKey'],
  [
    '@waybill/provider-wacr',
    { token: 'wacr-s3cret-token', baseUrl: 'https://tenant.example/api/v2' },
    'sources[0].options.token',
  ],
] as const

describe.each(PROVIDERS)('%s', (provider, options, credential) => {
  test('is found from any folder', async () => {
    const folder = await temporaryFolder()
    const origin = { value: { sources: [{ id: 'a', provider, options }] }, folder }
    const { sources } = await loadConfiguration({ origin })
    expect(sources.map((source) => source.upstream.name)).toEqual([provider])
  })

  test('reports a missing credential with the rest', async () => {
    const origin = { value: { sources: [{ id: 'a b', provider }] }, folder: await temporaryFolder() }
    const error: unknown = await loadConfiguration({ origin }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(String(error)).toContain('sources[0].id: ')
    expect(String(error)).toContain(`${credential}: `)
  })
})
