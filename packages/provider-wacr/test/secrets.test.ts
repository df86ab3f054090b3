import { startWacrEmulator, type Fault } from '@waybill/emulators'
import type { MessageProvider } from '@waybill/core'
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
    const list = await complaintsOf(provider)
    const single = await upstreamError(Promise.resolve(provider.get?.('1')))
    expect(inspect([list, single], { depth: null, showHidden: true })).not.toContain('s3cret')
    expect([...list, single].map((error) => error.stack).join('')).not.toContain('s3cret')
  })

  it('cannot be seen from outside the provider', async () => {
    await using upstream = await startWacrEmulator()
    expect(inspect(connect(upstream), { depth: null, showHidden: true })).not.toContain('s3cret')
  })
})

/** The error of a list, or why its rows are set aside; something has to be wrong. */
async function complaintsOf(provider: MessageProvider): Promise<Error[]> {
  const list = provider.list(listRequest())
  const { rejected = [] } = await list.catch(() => ({ rejected: [] }))
  return rejected.length === 0 ? [await upstreamError(list)] : rejected.map(({ reason }) => new Error(reason))
}
