import { describe, expect, test } from 'vitest'
import { octopodsRows, OCTOPODS_COUNT, WACR_COUNT, wacrRows } from '../../src/demo/demo-data.js'
import { exampleTabs } from '../../src/server/graphiql-examples.js'
import { temporaryFolder } from '../sources/provider-folder.js'
import { readyUrl, spawnWaybill } from '../main/waybill-process.js'
import { recordedFetch } from '../server/support/transcript.js'

interface Answer {
  readonly data: {
    readonly messages: {
      readonly nodes: readonly { readonly sentAt: string; readonly source: { readonly key: string } }[]
      readonly sources: readonly { readonly outcome: string; readonly completeness: string }[]
    }
  }
}

const JSON_BODY = { 'content-type': 'application/json' }

describe('the demo', () => {
  test('is what is served without a configuration', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0'] })
    const url = await readyUrl(waybill)
    const query =
      '{ messages(first: 200) { nodes { sentAt source { key } } sources { outcome completeness } } }'
    const response = await recordedFetch(url, {
      method: 'POST',
      headers: JSON_BODY,
      body: JSON.stringify({ query }),
    })
    const { nodes, sources } = ((await response.json()) as Answer).data.messages
    expect(nodes).toHaveLength(200)
    expect(new Set(nodes.map(({ source }) => source.key))).toEqual(new Set(['octo', 'shop']))
    expect(sources).toEqual([
      { outcome: 'OK', completeness: 'WINDOW_LIMITED' },
      { outcome: 'OK', completeness: 'COMPLETE' },
    ])
    waybill.signal('SIGINT')
    expect(await waybill.exited).toBe(0)
    expect(waybill.output.stdout).toBe(`Waybill is ready at ${url}\n`)
  })

  test('has something to show for every example in GraphiQL', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0'] })
    const url = await readyUrl(waybill)
    for (const { query, variables = '{}' } of exampleTabs(new Date())) {
      const body = JSON.stringify({ query, variables: JSON.parse(variables) as unknown })
      const response = await recordedFetch(url, { method: 'POST', headers: JSON_BODY, body })
      const text = await response.text()
      expect(text).not.toContain('"errors"')
      expect(text).not.toContain('"nodes":[]')
    }
  })

  test('says what it is before it is ready, and how to do without it', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0'] })
    await readyUrl(waybill)
    const { stderr } = waybill.output
    expect(stderr).toContain('Every message in it is made up.')
    expect(stderr).toMatch(/octo {2}Octopods, emulated at 127\.0\.0\.1:\d+\/api\/v1: 600 messages/)
    expect(stderr).toMatch(/shop {2}WA\.cr, emulated at 127\.0\.0\.1:\d+\/api\/v2: 5000 messages/)
    expect(stderr).not.toMatch(/ready|http:/)
    const example = /^\{\n[^]*?\n\}$/m.exec(stderr)?.[0] ?? ''
    expect(JSON.parse(example)).toEqual({
      sources: [
        { id: 'octo', provider: '@waybill/provider-octopods', options: { apiKey: '${OCTOPODS_API_KEY}' } },
        {
          id: 'shop',
          provider: '@waybill/provider-wacr',
          options: { token: '${WACR_TOKEN}', baseUrl: 'https://tenant.example/api/v2' },
        },
      ],
    })
  })

  test('may be opened to other machines, for it has nothing to hide', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0', '--host', '0.0.0.0'] })
    expect(await readyUrl(waybill)).toMatch(/^http:/)
  })

  test('has the same messages every time', () => {
    const endAt = Date.UTC(2026, 0, 31)
    expect(octopodsRows(endAt)).toEqual(octopodsRows(endAt))
    expect(wacrRows(endAt)).toEqual(wacrRows(endAt))
    expect(octopodsRows(endAt)).toHaveLength(OCTOPODS_COUNT)
    expect(wacrRows(endAt)).toHaveLength(WACR_COUNT)
  })
})
