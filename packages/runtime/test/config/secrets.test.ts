import { ConfigurationError } from '@waybill/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadConfiguration } from '../../src/sources/load-configuration.js'
import { collectSecrets } from '../../src/config/secrets.js'
import { ACME_PROVIDER, installPackage, temporaryFolder } from '../../../../test/support/provider-folder.js'

async function reportOf(
  value: unknown,
  folder: string,
  environment: Record<string, string>,
): Promise<string> {
  const origin = { value: value as never, folder }
  const error: unknown = await loadConfiguration({ origin, environment }).catch((reason: unknown) => reason)
  if (!(error instanceof ConfigurationError)) throw new Error('no configuration error', { cause: error })
  return error.message
}

test('a report never shows what came from the environment, wherever it was put', async () => {
  const folder = await temporaryFolder()
  await installPackage(folder, '@acme/provider', ACME_PROVIDER)
  const secret = fc.string({ unit: 'grapheme', maxLength: 8 }).map((rest) => `s3cret${rest}`)
  await fc.assert(
    fc.asyncProperty(secret, secret, async (whole, part) => {
      const text = 'a ${WHOLE} b ${PART} c'
      const value = {
        server: { host: text, port: text, auth: text, [`x${text}`]: text },
        sources: [
          { id: text, provider: text, label: text, read: text, rateLimit: text, options: text },
          { id: '${WHOLE}', provider: '@acme/provider', options: { other: text, deep: { list: [text] } } },
          text,
        ],
        archive: { url: text },
      }
      const report = await reportOf(value, folder, { WHOLE: whole, PART: part })
      expect(report).toContain('sources[0].id')
      expect(report).toContain('sources[1].options.deep')
      expect(report).not.toContain('s3cret')
    }),
    { numRuns: 50 },
  )
})

test('a report never shows a credential of the file', async () => {
  const folder = await temporaryFolder()
  await installPackage(folder, '@acme/provider', ACME_PROVIDER)
  const options = { apiKey: 's3cret-1', headers: { authorization: 'Bearer s3cret-2' } }
  const value = {
    server: { auth: { bearerTokens: 's3cret-3', token: 's3cret-4' }, pasword: 's3cret-5' },
    sources: [
      { id: 'a', provider: '@acme/provider', options },
      {
        id: 'b',
        provider: '@acme/provider',
        options: { url: 'https://u:s3cret-6@a.example/?api_key=s3cret-7' },
      },
      { id: 'c', provider: 'https://u:s3cret-8@a.example/provider.js', apiToken: 's3cret-9' },
    ],
    archive: { url: 'mysql://u:s3cret-10@db.example' },
  }
  const report = await reportOf(value, folder, {})
  expect(report).toContain('sources[1].options.url')
  expect(report).not.toContain('s3cret')
})

test('a password that keeps a URL from being one is no less secret', async () => {
  const url = 'mysql://me:s3cret/#@x@db.example/waybill'
  const report = await reportOf({ sources: [], archive: { url } }, await temporaryFolder(), {})
  expect(report).toContain('archive.url: expected "sqlite:FILE" or "postgres://')
  expect(report).not.toContain('s3cret')
})

test('credentials are known by their name and within URLs', () => {
  const value = {
    server: { host: 'plain', auth: 'none' },
    options: {
      apiKey: 's3cret-key',
      nested: [{ clientSecret: ['s3cret-a', 7] }],
      baseUrl: 'https://me:s3cret%20b@a.example/?page=1&token=s3cret-c',
      tokenOnly: '',
      site: 'https://s3cret-d@a.example',
      socket: 'postgres://me:s3cret%20e@/waybill?host=/run/postgresql',
      label: 'plain',
    },
  }
  expect(collectSecrets(value).toSorted()).toEqual(
    ['', 's3cret b', 's3cret e', 's3cret%20b', 's3cret%20e']
      .concat(['s3cret-a', 's3cret-c', 's3cret-d', 's3cret-d', 's3cret-key'])
      .toSorted(),
  )
})
