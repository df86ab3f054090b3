import { describe, expect, test } from 'vitest'
import { OCTOPODS_COUNT, octopodsHistory, WACR_COUNT, wacrRows } from '../../src/demo/demo-data.js'
import { exampleTabs } from '../../src/server/graphiql-examples.js'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { readyUrl, spawnWaybill } from '../main/waybill-process.js'
import { recordedFetch } from '../server/support/transcript.js'

interface Report {
  readonly source: { readonly key: string }
  readonly outcome: string
  readonly completeness: string
  readonly reachesBackTo: string | null
  readonly gaps: readonly { readonly from: string; readonly to: string }[]
}

interface Answer {
  readonly data: {
    readonly messages: {
      readonly totalCount: number
      readonly nodes: readonly { readonly source: { readonly key: string } }[]
      readonly sources: readonly Report[]
    }
  }
}

const NEWEST = `{
  messages(first: 200) {
    totalCount
    nodes { source { key } }
    sources { source { key } outcome completeness reachesBackTo gaps { from to } }
  }
}`

const PATIENCE = { timeout: 60_000, interval: 200 }

async function ask(url: string, query: string, variables = '{}'): Promise<string> {
  const body = JSON.stringify({ query, variables: JSON.parse(variables) as unknown })
  const headers = { 'content-type': 'application/json' }
  return (await recordedFetch(url, { method: 'POST', headers, body })).text()
}

async function newest(url: string): Promise<Answer['data']['messages']> {
  return (JSON.parse(await ask(url, NEWEST)) as Answer).data.messages
}

/** Until the archive has all that the upstreams list, and what it read of Octopods earlier. */
async function filled(url: string): Promise<void> {
  await expect
    .poll(async () => (await newest(url)).totalCount, PATIENCE)
    .toBeGreaterThanOrEqual(WACR_COUNT + 2 * OCTOPODS_WINDOW)
}

const OCTOPODS_WINDOW = 100
const HOUR_MS = 60 * 60 * 1000
/** From the message that the archive read last to the oldest one that Octopods still lists, in hours; a little less. */
function unlistedHours(): number {
  const { earlier, later } = octopodsHistory(Date.now())
  const [last, next] = [earlier.at(-1), later.at(-OCTOPODS_WINDOW)]
  return ((next?.createdAt ?? 0) - (last?.createdAt ?? 0) - 2000) / HOUR_MS
}

const A_TIME: unknown = expect.stringMatching(/^20\S+Z$/)

describe('the demo', () => {
  test('is what is served without a configuration', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0'] })
    const url = await readyUrl(waybill)
    // The first sync of a busy machine may take longer than an answer waits for it.
    const shown = async (): Promise<unknown> => {
      const { nodes } = await newest(url)
      return { count: nodes.length, sources: new Set(nodes.map(({ source }) => source.key)) }
    }
    await expect.poll(shown, PATIENCE).toEqual({ count: 200, sources: new Set(['octo', 'shop']) })
    const { sources } = await newest(url)
    // Whatever the archive has by then, it says how far back that reaches, and what is missing.
    for (const { outcome, completeness, reachesBackTo, gaps } of sources) {
      expect(outcome).toBe('OK')
      const bounded = reachesBackTo === null ? 'COMPLETE' : 'WINDOW_LIMITED'
      expect(completeness).toBe(gaps.length === 0 ? bounded : 'HAS_GAPS')
    }
    await filled(url)
    await expect
      .poll(async () => (await newest(url)).sources, PATIENCE)
      .toEqual([
        {
          source: { key: 'octo' },
          outcome: 'OK',
          completeness: 'HAS_GAPS',
          reachesBackTo: A_TIME,
          gaps: [{ from: A_TIME, to: A_TIME }],
        },
        { source: { key: 'shop' }, outcome: 'OK', completeness: 'COMPLETE', reachesBackTo: null, gaps: [] },
      ])
    const [gap] = (await newest(url)).sources.flatMap((source) => source.gaps)
    const missedMs = Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '')
    expect(missedMs / HOUR_MS).toBeGreaterThanOrEqual(unlistedHours())
    expect(missedMs / HOUR_MS).toBeLessThan(unlistedHours() + 1)
    waybill.signal('SIGINT')
    expect(await waybill.exited).toBe(0)
    expect(waybill.output.stdout).toBe(
      `The page is at ${new URL('/', url).href}\nWaybill is ready at ${url}\n`,
    )
  })

  test('has something to show for every example in GraphiQL', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0'] })
    const url = await readyUrl(waybill)
    await filled(url)
    for (const { query, variables } of exampleTabs(new Date())) {
      const text = await ask(url, query, variables)
      expect(text).not.toContain('"errors"')
      expect(text).not.toContain('"nodes":[]')
      expect(text).not.toContain('"statusHistory":[]')
      expect(text).not.toContain('"archive":null')
    }
  })

  test('shows how statuses change', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0'] })
    const url = await readyUrl(waybill)
    const query =
      '{ messages(sort: { field: UPDATED_AT }) { nodes { statusHistory { status observedAt } } } }'
    const twoOrMore =
      /"statusHistory":\[\{"status":"SENT","observedAt":"[^"]+"\},\{"status":"(DELIVERED|READ|FAILED)"/
    await expect.poll(() => ask(url, query), PATIENCE).toMatch(twoOrMore)
  })

  test('introduces itself before it is ready, and shows how to use real accounts', async () => {
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
      archive: { url: 'sqlite:./waybill.db' },
    })
  })

  test('may be opened to other machines, for it has nothing to hide', async () => {
    const waybill = spawnWaybill({ cwd: await temporaryFolder(), args: ['--port', '0', '--host', '0.0.0.0'] })
    expect(await readyUrl(waybill)).toMatch(/^http:/)
  })

  test('has the same messages every time', () => {
    const endAt = Date.UTC(2026, 0, 31)
    expect(octopodsHistory(endAt)).toEqual(octopodsHistory(endAt))
    expect(wacrRows(endAt)).toEqual(wacrRows(endAt))
    const { earlier, later } = octopodsHistory(endAt)
    expect(earlier.length + later.length).toBe(OCTOPODS_COUNT)
    const ids = [...earlier, ...later].map(({ messageId }) => messageId)
    expect(ids).toEqual(ids.toSorted((one, other) => one - other))
    expect(wacrRows(endAt)).toHaveLength(WACR_COUNT)
  })
})
