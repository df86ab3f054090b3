import { expect, test } from 'vitest'
import { startWacrEmulator } from '../../src/index.js'
import { closeAfterEach, get, getWacr } from '../support/get.js'
import { wacrRow } from '../support/rows.js'

const started = closeAfterEach()

test.each([{}, { authorization: 'Bearer wacr-s3cret-other' }, { authorization: 'wacr-s3cret-token' }])(
  'the credentials %j are unauthorized',
  async (headers) => {
    const wacr = await started(startWacrEmulator({ rows: [wacrRow(1)] }))
    const answer = await get(`${wacr.url}/messages`, headers)
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ success: false, error: { code: 'UNAUTHORIZED' } })
  },
)

test('a token without the scope is forbidden', async () => {
  const wacr = await started(startWacrEmulator({ rows: [wacrRow(1)], scopes: ['contacts:read'] }))
  const answer = await getWacr(wacr, '/messages/1')
  expect(answer.status).toBe(403)
  expect(answer.json).toMatchObject({ error: { code: 'INSUFFICIENT_SCOPE' } })
})

test.each(['/messages/2', '/messages/x', '/contacts', ''])('%j is not found', async (path) => {
  const wacr = await started(startWacrEmulator({ rows: [wacrRow(1)] }))
  const answer = await getWacr(wacr, path)
  expect(answer.status).toBe(404)
  expect(answer.json).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

test.each([
  [429, 'RATE_LIMIT_EXCEEDED'],
  [500, 'INTERNAL_ERROR'],
  [503, 'SERVICE_UNAVAILABLE'],
])('a fault with status %i has the code %s', async (status, code) => {
  const wacr = await started(startWacrEmulator())
  wacr.faults.next({ kind: 'status', status })
  const answer = await getWacr(wacr, '/messages')
  expect(answer).toMatchObject({ status, json: { error: { code } } })
})

test.each([
  ['nested', { success: false, error: { code: 'NOT_FOUND', message: 'Message not found.' } }],
  ['flat', { error_code: 'NOT_FOUND', message: 'Message not found.' }],
  ['message', { message: 'Message not found.' }],
  ['html', undefined],
  ['empty', undefined],
] as const)('the error shape %s is served', async (errorShape, json) => {
  const wacr = await started(startWacrEmulator({ errorShape }))
  const answer = await getWacr(wacr, '/messages/1')
  expect(answer).toMatchObject({ status: 404, json })
  expect(answer.text.startsWith('<!DOCTYPE html>')).toBe(errorShape === 'html')
})
