import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { closeApp } from '../../src/server/server.js'

test('a request that does not finish in time is cut off', async () => {
  const app = fastify()
  const asked = Promise.withResolvers<void>()
  app.get('/', () => {
    asked.resolve()
    return new Promise(() => undefined)
  })
  const answer = fetch(await app.listen({ host: '127.0.0.1', port: 0 })).catch((error: unknown) => error)
  await asked.promise
  await closeApp(app, 1)
  expect(await answer).toBeInstanceOf(TypeError)
})
