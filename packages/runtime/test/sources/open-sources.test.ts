import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fillSource } from '../../src/config/configuration.js'
import { openSource, type OpenedSource } from '../../src/sources/open-sources.js'
import { ACME_PROVIDER, installPackage, temporaryFolder } from '../../../../test/support/provider-folder.js'

const onAttempt = (): void => undefined

async function open(provider: string, code?: string, options = {}): Promise<OpenedSource> {
  const folder = await temporaryFolder()
  if (code !== undefined) await installPackage(folder, provider, code)
  return openSource(fillSource({ id: 'a', provider, options }, false), {
    folder,
    onAttempt,
    onPause: () => undefined,
    syncShare: 0,
  })
}

const FUNCTION = 'a package whose default export is a function that makes a provider'

describe('a package that makes no provider', () => {
  test.each<[string, string, string, string]>([
    ['no default export', 'export const a = 1', FUNCTION, 'a package whose default export is missing'],
    ['null', 'export default null', FUNCTION, 'a package whose default export is null'],
    ['an object', 'export default {}', FUNCTION, 'a package whose default export is of type object'],
    ['code that throws', 'throw new Error("no licence")', FUNCTION, 'one that fails to load: no licence'],
    [
      'a function that makes nothing',
      'export default () => undefined',
      'a package whose function makes a provider: an object with "name", "capabilities" and "list"',
      'one that makes something else',
    ],
    [
      'a function that makes a promise',
      'export default async () => ({ name: "a", capabilities: {}, list() {} })',
      'a package whose function makes a provider: an object with "name", "capabilities" and "list"',
      'one that makes something else',
    ],
  ])('%s', async (_, code, expected, found) => {
    expect(await open('@acme/broken', code)).toEqual({ issues: [{ path: ['provider'], expected, found }] })
  })

  test.each(['@acme/nowhere', 'fs', 'assert'])('%s is not installed', async (name) => {
    expect(await open(name)).toEqual({
      issues: [
        {
          path: ['provider'],
          expected: `an installed package (npm install ${name})`,
          found: 'none of that name',
        },
      ],
    })
  })

  test('one whose package.json is broken', async () => {
    const folder = await temporaryFolder()
    const place = join(folder, 'node_modules', 'broken')
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'package.json'), '{')
    const opened = await openSource(fillSource({ id: 'a', provider: 'broken' }, false), {
      folder,
      onAttempt,
      onPause: () => undefined,
      syncShare: 0,
    })
    expect(opened).toEqual({
      issues: [
        { path: ['provider'], expected: FUNCTION, found: expect.stringMatching(/^one that fails to load: /) },
      ],
    })
  })
})

describe('options', () => {
  test('that a provider refuses are reported below the options, whatever copy of the error class it has', async () => {
    expect(await open('@acme/provider', ACME_PROVIDER, { speed: 3 })).toEqual({
      issues: [
        { path: ['options', 'token'], expected: 'a token', found: 'nothing' },
        { path: ['options', 'speed'], expected: 'an option that exists', found: '3' },
      ],
    })
  })

  test.each([
    ['export default () => { throw "not today" }', 'not today'],
    [
      'export default () => { throw Object.assign(new Error("odd"), { code: "INVALID_CONFIGURATION", issues: [{}] }) }',
      'odd',
    ],
  ])('that make a provider %s are reported as a whole', async (code, message) => {
    expect(await open('@acme/angry', code)).toEqual({
      issues: [expect.objectContaining({ path: ['options'], found: `options that it refuses: ${message}` })],
    })
  })

  test('that make a provider throw anything else are reported as a whole', async () => {
    expect(await open('@acme/angry', 'export default () => { throw new Error("not today") }')).toEqual({
      issues: [
        {
          path: ['options'],
          expected: 'options that the provider accepts',
          found: 'options that it refuses: not today',
        },
      ],
    })
  })
})

test('a provider gets its options and the context of its source', async () => {
  const folder = await temporaryFolder()
  await installPackage(folder, '@acme/provider', ACME_PROVIDER)
  const section = fillSource(
    {
      id: 'a',
      label: 'A',
      provider: '@acme/provider',
      options: { token: 's3cret-t' },
      rateLimit: { requests: 3, perSeconds: 1.5 },
      limits: { attemptTimeoutSeconds: 0.0001, retries: 2 },
    },
    false,
  )
  const onPause = (): void => undefined
  const opened = await openSource(section, { folder, onAttempt, onPause, syncShare: 0.5 })
  const context = {
    source: 'a',
    rateLimit: { requests: 3, perSeconds: 1.5 },
    limits: { attemptTimeoutMs: 1, retries: 2 },
    upstreamWords: false,
    onAttempt,
    onPause,
    syncShare: 0.5,
  }
  expect(opened).toEqual({
    source: { id: 'a', label: 'A', read: 'live', upstream: expect.objectContaining({ context }), section },
  })
})

test('a package that the folder does not have is looked for beside the server', async () => {
  const opened = await open('zod')
  expect(opened).toEqual({ issues: [expect.objectContaining({ path: ['provider'], expected: FUNCTION })] })
})
