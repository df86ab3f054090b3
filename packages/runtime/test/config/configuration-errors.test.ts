import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfiguration } from '../../src/sources/load-configuration.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { acme, errorsOf, load } from './load.js'

describe('all errors at once', () => {
  test('in the order of the paths', async () => {
    const errors = await errorsOf(
      {
        servr: {},
        server: { host: '0.0.0.0', port: '4000', tls: true },
        sources: [
          { ...acme, lable: 'Acme', options: { token: '${ACME_TOKEN}', speed: 3 } },
          { id: 'a', provider: './provider.js', options: [] },
          { id: 'a b', provider: '@acme/missing', rateLimit: { requests: 0.5 }, limits: { retries: -1 } },
          'text',
        ],
      },
      { environment: {} },
    )
    expect(errors).toEqual([
      'server.auth: expected { "bearerTokens": ["${WAYBILL_TOKEN}"] } to let in callers with a token, or "none" to let in everybody, since other machines can reach "0.0.0.0" (server.host); or a host for this machine only, such as "127.0.0.1", found nothing',
      'server.port: expected an integer from 0 to 65535, found "4000"',
      'server.tls: expected one of the names "host", "port", "workers", "auth", "cursorKeys", "cors", "graphql", "limits", found an unknown name',
      'servr: expected a known name (did you mean "server"?), found an unknown name',
      'sources[0].lable: expected a known name (did you mean "label"?), found an unknown name',
      'sources[0].options.speed: expected an option that exists, found 3',
      'sources[0].options.token: expected the environment variable ACME_TOKEN to be set, found nothing',
      'sources[1].id: expected an id that no other source has, found "a" as in sources[0]',
      "sources[1].options: expected an object with the provider's options, found an empty array",
      'sources[1].provider: expected the name of a package, not a path or URL, found "./provider.js"',
      'sources[2].id: expected 1 to 64 of the characters A-Z, a-z, 0-9, "_" and "-", found "a b"',
      'sources[2].limits.retries: expected an integer of at least 0, found -1',
      'sources[2].provider: expected an installed package (npm install @acme/missing), found none of that name',
      'sources[2].rateLimit.perSeconds: expected a number of seconds greater than 0, found nothing',
      'sources[2].rateLimit.requests: expected an integer of at least 1, found 0.5',
      'sources[3]: expected an object with "id" and "provider", found "text"',
    ])
  })

  test.each<[unknown, string]>([
    [[], '(root): expected an object with "sources", found an empty array'],
    [null, '(root): expected an object with "sources", found null'],
    [{}, 'sources: expected a list of sources, found nothing'],
    [
      { sources: [acme], defaultCountry: 'Germany' },
      'defaultCountry: expected a country by its two letters, such as "DE", found "Germany"',
    ],
    [
      { sources: [acme], defaultCountry: 'de' },
      'defaultCountry: expected a country by its two letters, such as "DE", found "de"',
    ],
    [{ sources: [] }, 'sources: expected at least one source, found an empty array'],
    [{ sources: [acme], server: null }, 'server: expected an object, found null'],
    [
      { sources: [acme], server: { host: '' } },
      'server.host: expected a host name or an IP address, found empty text',
    ],
    [
      { sources: [acme], server: { port: 65536 } },
      'server.port: expected an integer from 0 to 65535, found 65536',
    ],
    [
      { sources: [acme], server: { auth: 's3cret-auth' } },
      'server.auth: expected "none" or { "bearerTokens": ["${WAYBILL_TOKEN}"] }, found text',
    ],
    [
      { sources: [acme], server: { auth: { bearerTokens: [] } } },
      'server.auth.bearerTokens: expected at least one token, found an empty array',
    ],
    [
      { sources: [acme], server: { auth: { bearerTokens: ['s3cret-a b'] } } },
      'server.auth.bearerTokens[0]: expected a token of at least 6 visible ASCII characters, found text',
    ],
    [
      { sources: [acme], server: { auth: { bearerToken: 's3cret-x' } } },
      'server.auth.bearerToken: expected a known name (did you mean "bearerTokens"?), found an unknown name',
    ],
    [{ sources: [{ ...acme, read: 'dead' }] }, 'sources[0].read: expected "live" or "archive", found "dead"'],
    [
      { sources: [{ ...acme, label: ' ' }] },
      'sources[0].label: expected a text that is not empty, found " "',
    ],
    [
      { sources: [{ ...acme, sync: { minPollSeconds: 9, maxPollSeconds: 8 } }] },
      'sources[0].sync.minPollSeconds: expected at most maxPollSeconds (8), found 9',
    ],
    [
      { sources: [{ ...acme, sync: { minPollSeconds: 301 } }] },
      'sources[0].sync.minPollSeconds: expected at most maxPollSeconds (300), found 301',
    ],
    [
      { sources: [{ ...acme, sync: { maxPollSeconds: 4.5 } }] },
      'sources[0].sync.maxPollSeconds: expected at least minPollSeconds (5), found 4.5',
    ],
    [
      { sources: [{ ...acme, sync: { maxStalenessSeconds: 0 } }] },
      'sources[0].sync.maxStalenessSeconds: expected a number of seconds greater than 0, found 0',
    ],
    [
      { sources: [{ ...acme, sync: { reconcileAllDays: 0.5 } }] },
      'sources[0].sync.reconcileAllDays: expected an integer from 1 to 3650, found 0.5',
    ],
    [
      '{"sources": [], "__proto__": {"x": 1}, "sources": []}',
      '(root): expected each name once in an object at line 1, column 40, found a name for the second time',
    ],
    ['{\n  "sources": [,]\n}', '(root): expected a JSON value at line 2, column 15, found ","'],
  ])('%j', async (content, expected) => {
    expect(await errorsOf(content)).toContain(expected)
  })

  test.each([
    ['0.0.0.0', true],
    ['::', true],
    ['waybill.example', true],
    ['127.evil.example', true],
    ['127.1.2.3', false],
    ['localhost', false],
    ['::1', false],
  ])('the host %s needs a decision about who may query: %s', async (host, needed) => {
    const outcome = await errorsOf({ sources: [acme], server: { host, extra: 1 } })
    expect(outcome.some((line) => line.startsWith('server.auth:'))).toBe(needed)
    expect(await load({ sources: [acme], server: { host, auth: 'none' } })).toBeDefined()
  })

  test('a host that a flag or a variable gave needs the same decision, and the error names it', async () => {
    const given = { server: { host: '0.0.0.0' }, givenBy: { host: 'HOST' } }
    expect(await errorsOf({ sources: [acme] }, given)).toEqual([
      expect.stringMatching(
        /^server\.auth: .* since other machines can reach "0\.0\.0\.0" \(HOST\); .*, found nothing$/,
      ),
    ])
  })

  test.each(['HOST', '--host'])('what %s gave is blamed on it, not on the file', async (name) => {
    const wrong = ['a b', 'http://localhost:4000', 'localhost/', '127.0.0.1:99', 'localhost:4000', '[::1]']
    for (const host of [...wrong, '300.1.1.1', '127.0.0', '127.0.0.1.', 'me@localhost']) {
      const given = { server: { host }, givenBy: { host: name } }
      expect(await errorsOf({ sources: [acme], server: { host: '127.0.0.1' } }, given)).toEqual([
        `${name}: expected a host name or an IP address, found ${JSON.stringify(host)}`,
      ])
    }
  })

  test.each([
    '255.249.0.9',
    '::',
    'fe80::1%eth0',
    '::ffff:127.0.0.1',
    'a_b.example',
    '1.example',
    'bücher.example',
  ])('%s is a host', async (host) => {
    expect(await load({ sources: [acme], server: { host, auth: 'none' } })).toBeDefined()
  })

  test('no error is reported for a text that could not be completed', async () => {
    const errors = await errorsOf({
      server: { host: '${HOST_NAME}' },
      sources: [{ id: '${ID}', provider: '${PROVIDER}', options: {} }],
    })
    expect(errors).toEqual([
      'server.host: expected the environment variable HOST_NAME to be set, found nothing',
      'sources[0].id: expected the environment variable ID to be set, found nothing',
      'sources[0].provider: expected the environment variable PROVIDER to be set, found nothing',
    ])
  })

  test('what is read from an archive needs one', async () => {
    expect(await errorsOf({ sources: [acme, { ...acme, id: 'b', read: 'archive' }] })).toEqual([
      'sources[1].read: expected "live", or an archive to read from: { "url": "sqlite:./waybill.db" } as "archive" of the file, found "archive" without one',
    ])
  })

  test.each([
    ['mysql://db.example', 'the scheme "mysql:"'],
    ['sqlite:', '"sqlite:" without a path'],
    ['./waybill.db', 'a text without a scheme'],
    ['', 'an empty text'],
  ])('an archive cannot be at %j', async (url, found) => {
    expect(await errorsOf({ sources: [acme], archive: { url } })).toEqual([
      expect.stringMatching(/^archive\.url: expected "sqlite:/),
    ])
    expect((await errorsOf({ sources: [acme], archive: { url } })).join()).toContain(`found ${found}`)
  })

  test('the URL of an archive is a text', async () => {
    expect(await errorsOf({ sources: [acme], archive: { url: 7 } })).toEqual([
      'archive.url: expected "sqlite:FILE" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE", found 7',
    ])
  })

  test.each([
    ['missing.json', 'no such file'],
    ['.', 'one that cannot be read (EISDIR)'],
  ])('the file %s cannot be read', async (name, found) => {
    const file = join(await temporaryFolder(), name)
    await expect(loadConfiguration({ origin: { file } })).rejects.toThrow(
      `(root): expected a configuration in the file ${file}, found ${found}`,
    )
  })
})
