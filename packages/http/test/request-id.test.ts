import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { currentRequest, onBehalfOf } from '../src/index.js'
import { connect } from './support/connect.js'
import { json, reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

test('a request carries the id of the one on whose behalf it is sent, retries included', async () => {
  const server = await startServer(reply(503, ''), json([]))
  const client = connect(server)
  await Promise.all([
    onBehalfOf({ requestId: 'one' }, async () => {
      await wait(1)
      await client.getJson('messages')
    }),
    onBehalfOf({ requestId: 'two' }, () => client.getJson('messages')),
  ])
  await client.getJson('messages')
  const ids = server.requests.map(({ headers }) => headers['x-request-id'])
  expect(ids).toHaveLength(4)
  // The one that met the error was sent twice.
  expect(new Set(ids.slice(0, 3))).toEqual(new Set(['one', 'two']))
  expect(ids[3]).toBeUndefined()
  expect(currentRequest()).toBeUndefined()
})
