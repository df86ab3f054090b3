import { serverAudits } from 'graphql-http'
import { expect, inject, test } from 'vitest'
import { SERVER_TOKEN } from '../server/support/secrets.js'
import { recordedFetch } from '../server/support/transcript.js'

const { url } = inject('builtServer')

const authorized: typeof fetch = (input, init = {}) =>
  recordedFetch(input as string, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${SERVER_TOKEN}` },
  })

test.each(serverAudits({ url, fetchFn: authorized }).map(({ id, name, fn }) => [id, name, fn] as const))(
  'the audit %s of GraphQL over HTTP: %s',
  async (id, name, audit) => {
    expect(await audit()).toEqual({ id, name, status: 'ok' })
  },
)
