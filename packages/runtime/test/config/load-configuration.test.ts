import { describe, expect, test } from 'vitest'
import { fillLimits } from '../../src/config/server-limits.js'
import { loadConfiguration } from '../../src/sources/load-configuration.js'
import { ACME_PROVIDER, installPackage, temporaryFolder } from '../../../../test/support/provider-folder.js'
import { acme, load } from './load.js'

/** What a server has whose configuration says nothing of other origins, clients and limits. */
const OPEN = {
  corsOrigins: [],
  graphql: { introspection: true, graphiql: true, documents: 'off', documentsFile: null },
  limits: fillLimits(),
}

const SYNC = { minPollSeconds: 5, maxPollSeconds: 300, maxStalenessSeconds: 30 }

describe('a sound configuration', () => {
  test('gets its defaults', async () => {
    const { configuration, sources } = await load({ $schema: './config.schema.json', sources: [acme] })
    expect(configuration).toEqual({
      server: { host: '127.0.0.1', port: 4000, workers: 1, auth: { kind: 'none' }, cursorKeys: [], ...OPEN },
      sources: [{ ...acme, label: 'a', read: 'live', upstreamWords: false, sync: SYNC }],
      archive: null,
      defaultCountry: null,
    })
    expect(sources).toEqual([
      {
        id: 'a',
        label: 'a',
        read: 'live',
        upstream: expect.objectContaining({ name: '@acme/provider' }),
        section: configuration.sources[0],
      },
    ])
  })

  test('keeps every setting', async () => {
    const { configuration, secrets } = await load(
      {
        server: {
          host: '0.0.0.0',
          workers: 3,
          port: 0,
          auth: { bearerTokens: ['${TOKEN}', 's3cret-literal'] },
        },
        sources: [
          {
            ...acme,
            label: 'Acme, main line',
            read: 'live',
            rateLimit: { requests: 60, perSeconds: 60 },
            sync: {
              minPollSeconds: 0.5,
              maxPollSeconds: 60,
              maxStalenessSeconds: 3,
              reconcileRecentHours: 6,
            },
            limits: {
              attemptTimeoutSeconds: 0.25,
              totalTimeoutSeconds: 60,
              concurrency: 2,
              retries: 0,
              maxRetryAfterSeconds: 60,
              maxBodyBytes: 10,
            },
            upstreamWords: true,
          },
          { ...acme, id: 'b' },
        ],
      },
      { environment: { TOKEN: 's3cret-token' } },
    )
    expect(configuration).toEqual({
      server: {
        ...OPEN,
        host: '0.0.0.0',
        port: 0,
        workers: 3,
        auth: {
          kind: 'bearer',
          bearerTokens: ['s3cret-token', 's3cret-literal'],
          tokens: [],
          jwt: null,
        },
        cursorKeys: [],
      },
      sources: [
        {
          ...acme,
          label: 'Acme, main line',
          read: 'live',
          rateLimit: { requests: 60, perSeconds: 60 },
          sync: { minPollSeconds: 0.5, maxPollSeconds: 60, maxStalenessSeconds: 3, reconcileRecentHours: 6 },
          limits: {
            attemptTimeoutMs: 250,
            totalTimeoutMs: 60_000,
            concurrency: 2,
            retries: 0,
            maxRetryAfterSeconds: 60,
            maxBodyBytes: 10,
          },
          upstreamWords: true,
        },
        { ...acme, id: 'b', label: 'b', read: 'live', upstreamWords: false, sync: SYNC },
      ],
      archive: null,
      defaultCountry: null,
    })
    expect(secrets.toSorted()).toEqual(['s3cret-a', 's3cret-literal', 's3cret-token'])
  })

  test('reads from a configured archive by default', async () => {
    const { configuration, folder } = await load({
      sources: [acme, { ...acme, id: 'b', read: 'live' }, { ...acme, id: 'c', read: 'archive' }],
      archive: { url: 'sqlite:./waybill.db' },
    })
    expect(configuration.sources.map(({ read }) => read)).toEqual(['archive', 'live', 'archive'])
    expect(configuration.archive).toEqual({ url: 'sqlite:./waybill.db' })
    expect(folder).toMatch(/waybill-/)
  })

  test('may begin with a byte order mark', async () => {
    const { sources } = await load(`\uFEFF${JSON.stringify({ sources: [acme] })}`)
    expect(sources).toHaveLength(1)
  })

  test('yields to what was given on the way', async () => {
    const { configuration } = await load(
      { server: { port: 1 }, sources: [acme] },
      { server: { host: '::1', port: 2 } },
    )
    expect(configuration.server).toEqual({
      host: '::1',
      port: 2,
      workers: 1,
      auth: { kind: 'none' },
      cursorKeys: [],
      ...OPEN,
    })
  })

  test('can be a value with a folder of its own', async () => {
    const folder = await temporaryFolder()
    await installPackage(folder, '@acme/provider', ACME_PROVIDER)
    const { sources } = await loadConfiguration({ origin: { value: { sources: [acme] }, folder } })
    expect(sources.map(({ id }) => id)).toEqual(['a'])
  })
})
