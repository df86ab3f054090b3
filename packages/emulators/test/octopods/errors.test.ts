import { describe, expect, test } from 'vitest'
import { startOctopodsEmulator } from '../../src/index.js'
import { closeAfterEach, get, getOctopods } from '../support/get.js'
import { octopodsRow } from '../support/rows.js'

const started = closeAfterEach()

describe('an error is a 400', () => {
  test.each([{}, { 'x-octopods-auth': 'octo-s3cret-other' }, { 'x-octopods-auth': '' }])(
    'with code 6 for the credentials %j',
    async (headers) => {
      const octopods = await started(
        startOctopodsEmulator({ rows: [octopodsRow(1)], apiKey: 'octo-s3cret-mine' }),
      )
      const answer = await get(`${octopods.url}/whatsapp/messages`, headers)
      expect(answer.status).toBe(400)
      expect(answer.json).toStrictEqual({
        request_id: expect.any(String),
        error_code: 6,
        error: 'DEPRECATED_API_KEY',
      })
    },
  )

  test.each([
    '/whatsapp/messages',
    '/whatsapp/messages/7',
    '/whatsapp/messages/x',
    '/whatsapp/messages/0x1',
    '/sms/messages/1',
  ])('with code 2 where nothing is found: %s', async (path) => {
    const octopods = await started(startOctopodsEmulator())
    const answer = await getOctopods(octopods, path)
    expect(answer.status).toBe(400)
    expect(answer.json).toStrictEqual({
      request_id: expect.any(String),
      error_code: 2,
      error: 'Resource Not Found',
    })
  })
})

test('a key that is rotated while the server runs is refused from then on', async () => {
  const octopods = await started(startOctopodsEmulator({ rows: [octopodsRow(1)] }))
  const headers = { 'x-octopods-auth': octopods.settings.apiKey }
  expect((await get(`${octopods.url}/whatsapp/messages`, headers)).status).toBe(200)
  octopods.settings.apiKey = 'octo-s3cret-new'
  expect((await get(`${octopods.url}/whatsapp/messages`, headers)).status).toBe(400)
  expect(octopods.log.map((record) => record.authorization.valid)).toStrictEqual([true, false])
})

test.each([
  ['message', { message: 'Resource Not Found' }],
  ['html', undefined],
  ['empty', undefined],
] as const)('the error shape %s is served', async (errorShape, json) => {
  const octopods = await started(startOctopodsEmulator({ errorShape }))
  const answer = await getOctopods(octopods, '/whatsapp/messages')
  expect(answer).toMatchObject({ status: 400, json })
  expect(answer.text.startsWith('<!DOCTYPE html>')).toBe(errorShape === 'html')
})

test('what is not served is not found, and only read', async () => {
  const octopods = await started(startOctopodsEmulator({ rows: [octopodsRow(1)] }))
  expect((await getOctopods(octopods, '/instagram/messages')).status).toBe(404)
  expect((await getOctopods(octopods, '/whatsapp/messages', { method: 'POST' })).status).toBe(405)
})
