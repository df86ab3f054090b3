import { startWacrEmulator, type Fault } from '@waybill/emulators'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { connect, listRequest, TOKEN } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { wacrRows } from './support/wacr-row.js'

const FAULTS: readonly Fault[] = [
  { kind: 'echoCredentials' },
  { kind: 'echoCredentials', status: 500 },
  { kind: 'status', status: 422, body: { error_code: TOKEN, message: `Bearer ${TOKEN}` } },
  { kind: 'status', status: 200, body: { success: false, error: { code: TOKEN, message: TOKEN } } },
  { kind: 'status', status: 200, body: { [TOKEN]: TOKEN } },
  { kind: 'status', status: 200, body: { data: [{ id: TOKEN, sent_at: TOKEN }] } },
  { kind: 'status', status: 200, body: `not JSON, but ${TOKEN}` },
  { kind: 'mutateItem', index: 0, patch: { sent_at: TOKEN } },
  { kind: 'reset' },
]

describe('the token', () => {
  it.each(FAULTS)('is in no error: %j', async (fault) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(1) })
    upstream.faults.when(() => true, fault)
    const provider = connect(upstream)
    const errors = [
      await upstreamError(provider.list(listRequest())),
      await upstreamError(Promise.resolve(provider.get?.('1'))),
    ]
    expect(inspect(errors, { depth: null, showHidden: true })).not.toContain('s3cret')
    expect(errors.map((error) => error.stack).join('')).not.toContain('s3cret')
  })

  it('cannot be seen from outside the provider', async () => {
    await using upstream = await startWacrEmulator()
    expect(inspect(connect(upstream), { depth: null, showHidden: true })).not.toContain('s3cret')
  })
})
