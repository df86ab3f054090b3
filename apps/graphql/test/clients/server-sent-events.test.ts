import { plainWacrRow } from '@waybill/emulators'
import { createClient } from 'graphql-sse'
import { expect, onTestFinished, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from '../archive/support/archived-server.js'

const EVENTS = 'subscription ($after: ID) { messageEvents(after: $after) { id message { upstreamId } } }'

interface Events {
  readonly messageEvents: { readonly id: string; readonly message: { readonly upstreamId: string } }
}

test('graphql-sse follows the archive, and continues after the last event over a new connection', async () => {
  const upstreams = await startUpstreams()
  const { url } = await serve(upstreams, { archive: await emptyArchive(createSqlitePlace) })
  const connected = Promise.withResolvers<void>()
  const client = createClient({ url: `${url}/graphql`, on: { connected: () => connected.resolve() } })
  onTestFinished(() => client.dispose())

  /** The next event, after the one with this id. */
  async function next(after: string | null): Promise<Events['messageEvents']> {
    for await (const { data, errors } of client.iterate<Events>({ query: EVENTS, variables: { after } })) {
      expect(errors).toBeUndefined()
      if (data) return data.messageEvents
    }
    throw new Error('The events ended.')
  }

  const first = next(null)
  await connected.promise
  upstreams.wacr.table.insert(plainWacrRow(1))
  const { id, message } = await first
  expect(message.upstreamId).toBe('1')
  upstreams.wacr.table.insert(plainWacrRow(2))
  expect((await next(id)).message.upstreamId).toBe('2')
})

test('graphql-sse gets the answers to queries as events where it takes nothing else', async () => {
  const { url } = await serve(await startUpstreams(), {})
  const client = createClient({ url: `${url}/graphql` })
  onTestFinished(() => client.dispose())
  const results: unknown[] = []
  for await (const { data } of client.iterate({ query: '{ __typename }' })) results.push(data)
  expect(results).toEqual([{ __typename: 'Query' }])
})
