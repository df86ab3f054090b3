import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeBlocks } from '../support/markdown.js'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

/** Checks a configuration with its providers, and prints what is wrong, or where each source is read. */
const CHECK = `
import { loadConfiguration } from '@waybill/runtime'
const value = JSON.parse(process.env.CONFIGURATION)
const minimal = { sources: [{ id: 'octo', provider: '@waybill/provider-octopods', options: { apiKey: 'key' } }] }
const origin = { folder: process.cwd(), value: { ...minimal, ...value } }
try {
  const { configuration } = await loadConfiguration({ origin, environment: process.env })
  console.log(configuration.sources.map(({ id, read }) => id + ' ' + read).join())
} catch (error) {
  console.log(error.message)
}
`

const ENVIRONMENT = {
  OCTOPODS_API_KEY: 'key',
  OCTOPODS_BASE_URL: 'http://127.0.0.1:4010/api/v1',
  WACR_TOKEN: 'token',
  WACR_BASE_URL: 'http://127.0.0.1:4011/api/v2',
  WAYBILL_TOKEN: 'secret',
  NIGHT_REPORT_SHA256: 'a'.repeat(64),
  PROMETHEUS_SHA256: 'b'.repeat(64),
  WAYBILL_CURSOR_KEY: 'a key for the cursors',
  ARCHIVE_PASSWORD: 'pass%23word',
}

const documents = [
  'README.md',
  'docs/guides/configuration.md',
  'docs/guides/archive.md',
  'docs/guides/cli.md',
  'docs/operations.md',
]
const shown = [
  {
    file: 'deploy/waybill.config.json',
    number: 1,
    configuration: readFileSync(join(root, 'deploy/waybill.config.json'), 'utf8'),
  },
  ...documents.flatMap((file) =>
    codeBlocks(readFileSync(join(root, file), 'utf8'), 'json')
      .filter((block) => /"(?:server|sources|archive)":/.test(block) && !/"data":/.test(block))
      .map((configuration, index) => ({ file, number: index + 1, configuration })),
  ),
]

describe('configurations in the documents', () => {
  it('are found', () => {
    expect(new Set(shown.map(({ file }) => file))).toContain('docs/guides/configuration.md')
  })

  it.each(shown)('are accepted: $file, number $number', async ({ configuration }) => {
    const output = await run(process.execPath, ['--input-type=module', '--eval', CHECK], {
      cwd: join(root, 'packages/cli'),
      env: { ...ENVIRONMENT, CONFIGURATION: configuration },
    })
    expect(output).toMatch(/^(?:\w+ (?:live|archive),?)+\n$/)
  })
})
