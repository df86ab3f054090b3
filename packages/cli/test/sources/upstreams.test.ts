import { generateWacrRows } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { startUpstreams } from '../support/upstreams.js'
import { runWaybill } from '../support/run-waybill.js'

test('every source is requested once, and its capabilities are printed', async () => {
  const { cwd, octopods, wacr } = await startUpstreams({
    wacr: { rows: generateWacrRows({ count: 3, seed: 1 }) },
  })
  const { code, stdout, stderr } = await runWaybill(['sources'], { cwd })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toBe(`octo  octo
  provider      @waybill/provider-octopods
  queries read  the upstream
  upstream      answers, credentials accepted
  lists         its newest 100 messages
  filters by    nothing
  searches      no
  archive       none

shop  shop
  provider      @waybill/provider-wacr
  queries read  the upstream
  upstream      answers, credentials accepted
  lists         everything, 100 messages a request
  filters by    status, type, direction, interactionId
  searches      yes
  archive       none
`)
  expect([octopods.log.length, wacr.log.length]).toEqual([1, 1])
})

test('credentials that are refused are reported with what to do, and by the exit code', async () => {
  const upstreams = await startUpstreams()
  upstreams.wacr.settings.token = 'another'
  const { code, stdout } = await runWaybill(['sources', '--json'], upstreams)
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject([
    { id: 'octo', upstream: { ok: true }, archive: null },
    {
      id: 'shop',
      provider: '@waybill/provider-wacr',
      read: 'live',
      capabilities: { paging: { kind: 'page' } },
      upstream: { ok: false, code: 'UPSTREAM_UNAUTHORIZED', message: expect.stringMatching(/configuration/) },
    },
  ])
})

test.each([
  [{}, false],
  [{ upstreamWords: true }, true],
])(
  "an upstream's words are quoted only where the source's setting allows it: %j",
  async (section, quotes) => {
    const upstreams = await startUpstreams({ section })
    const body = { message: 'Recipient +49 (30) 231-25380 said: Anna, the code is 4829' }
    upstreams.wacr.faults.when(() => true, { kind: 'status', status: 422, body })
    const { stdout } = await runWaybill(['sources'], upstreams)
    expect(stdout).toContain('UPSTREAM_REJECTED: Source "shop" rejected the request (HTTP 422).')
    expect(stdout.includes('its words     "Recipient [number] said: Anna, the code is [number]"')).toBe(
      quotes,
    )
    expect(stdout.includes('Anna')).toBe(quotes)
    expect(stdout).not.toMatch(/25380|4829/)
  },
)
