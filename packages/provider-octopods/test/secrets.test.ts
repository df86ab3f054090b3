import { startOctopodsEmulator, type Fault } from '@waybill/emulators'
import type { MessageProvider } from '@waybill/core'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { API_KEY, connect, listRequest } from './support/connect.js'
import { octopodsRows } from './support/octopods-row.js'
import { upstreamError } from './support/upstream-error.js'

const FAULTS: readonly Fault[] = [
  { kind: 'echoCredentials', status: 400 },
  { kind: 'echoCredentials', status: 500 },
  { kind: 'status', status: 400, body: { error_code: API_KEY, error: `API key ${API_KEY}` } },
  { kind: 'status', status: 200, body: { [API_KEY]: API_KEY } },
  { kind: 'status', status: 200, body: [{ message_id: API_KEY, sent_at: API_KEY }] },
  { kind: 'status', status: 200, body: `not JSON, but ${API_KEY}` },
  { kind: 'mutateBody', change: () => ({ messages: [{ message_status: API_KEY }] }) },
  { kind: 'reset' },
]

describe('the API key', () => {
  it.each(FAULTS)('is in no error: %j', async (fault) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(1) })
    upstream.faults.when(() => true, fault)
    const provider = connect(upstream)
    const list = await complaintsOf(provider)
    const single = await upstreamError(Promise.resolve(provider.get?.('1')))
    expect(inspect([list, single], { depth: null, showHidden: true })).not.toContain('s3cret')
    expect([...list, single].map((error) => error.stack).join('')).not.toContain('s3cret')
  })

  it('cannot be seen from outside the provider', async () => {
    await using upstream = await startOctopodsEmulator()
    expect(inspect(connect(upstream), { depth: null, showHidden: true })).not.toContain('s3cret')
  })
})

/** The error of a list, or why its rows are set aside; something has to be wrong. */
async function complaintsOf(provider: MessageProvider): Promise<Error[]> {
  const list = provider.list(listRequest())
  const { rejected = [] } = await list.catch(() => ({ rejected: [] }))
  return rejected.length === 0 ? [await upstreamError(list)] : rejected.map(({ reason }) => new Error(reason))
}
