import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { octopodsRow, octopodsRows } from '../support/octopods-rows.js'
import { waybillError } from '../support/outcome.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { wacrRow, wacrRows } from '../support/wacr-rows.js'

it('takes a message from the window while it is there, with its text', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250) })
  const engine = createEngine({ sources: [octo.source] })
  expect(await engine.message('octo', '151')).toMatchObject({ upstreamId: '151', text: 'Message 151' })
  expect(octo.emulator.log.map(({ path }) => path)).toEqual(['/api/v1/whatsapp/messages'])
})

it('requests the status endpoint, which has no text, for what left the window', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250), statusShape: 2 })
  const engine = createEngine({ sources: [octo.source] })
  expect(await engine.message('octo', '150')).toMatchObject({ upstreamId: '150', text: null, status: 'SENT' })
  expect(octo.emulator.log.map(({ path }) => path)).toEqual([
    '/api/v1/whatsapp/messages',
    '/api/v1/whatsapp/messages/150',
  ])
})

it('gives no message where the status endpoint lacks even the time', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250), statusShape: 1 })
  const engine = createEngine({ sources: [octo.source] })
  expect(await engine.message('octo', '150')).toBeNull()
  expect(await engine.detail('octo', '150')).toMatchObject({ statusMessage: 'Your message has been sent.' })
})

it('asks WA.cr for the one message, in one request', async () => {
  const shop = await startWacr('shop', { rows: [wacrRow(7, { staffId: 3, statusMessage: 'fine' })] })
  const engine = createEngine({ sources: [shop.source] })
  expect(await engine.message('shop', '7')).toMatchObject({ upstreamId: '7', text: 'Message 7' })
  expect(await engine.detail('shop', '7')).toMatchObject({ staffId: '3', statusMessage: 'fine' })
  expect(shop.emulator.log.map(({ path }) => path)).toEqual(['/api/v2/messages/7', '/api/v2/messages/7'])
})

it.each([
  ['shop', '999'],
  ['shop', 'no-id'],
  ['shop', '../messages'],
  ['shop', ''],
  ['octo', '999'],
  ['octo', 'no-id'],
  ['nowhere', '7'],
  ['__proto__', '7'],
])('gives null for what there is not: %s %s', async (source, id) => {
  const shop = await startWacr('shop', { rows: wacrRows(9) })
  const octo = await startOctopods('octo', { rows: octopodsRows(9) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  expect(await engine.message(source, id)).toBeNull()
  expect(await engine.detail(source, id)).toBeNull()
})

it('shares equal requests under way, for messages and details alike', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(9), latencyMs: 30 })
  const octo = await startOctopods('octo', { rows: octopodsRows(9), latencyMs: 30 })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const asked = [1, 2, 3].flatMap(() => [
    engine.message('shop', '7'),
    engine.detail('shop', '7'),
    engine.message('octo', '7'),
    engine.message('octo', '8'),
  ])
  expect(await Promise.all(asked)).not.toContain(null)
  expect([shop.emulator.log.length, octo.emulator.log.length]).toEqual([1, 1])
})

it('keeps nothing of a message that changes', async () => {
  const octo = await startOctopods('octo', { rows: [octopodsRow(7)] })
  const shop = await startWacr('shop', { rows: [wacrRow(7)] })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  await Promise.all([engine.message('octo', '7'), engine.message('shop', '7')])
  octo.emulator.table.update(7, { status: 'READ' })
  shop.emulator.table.update(7, { status: 'read' })
  expect(await engine.message('octo', '7')).toMatchObject({ status: 'READ' })
  expect(await engine.message('shop', '7')).toMatchObject({ status: 'READ' })
})

it('names the source when it fails', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(9) })
  const octo = await startOctopods('octo', { rows: octopodsRows(9) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  shop.emulator.faults.next({ kind: 'status', status: 401 }, 2)
  octo.emulator.faults.next({ kind: 'status', status: 503 })
  for (const failing of [engine.message('shop', '7'), engine.detail('shop', '7').then(() => null)]) {
    expect(await waybillError(failing)).toMatchObject({ source: 'shop', code: 'UPSTREAM_UNAUTHORIZED' })
  }
  expect(await waybillError(engine.message('octo', '7'))).toMatchObject({ source: 'octo' })
})

describe('the lookups of one operation', () => {
  it('request a message once, for itself and for its detail, one after the other', async () => {
    const shop = await startWacr('shop', { rows: wacrRows(9) })
    const lookups = createEngine({ sources: [shop.source] }).lookups()
    expect(lookups.needsRequest('shop', '7')).toBe(true)
    expect(await lookups.message('shop', '7')).toMatchObject({ upstreamId: '7' })
    expect(lookups.needsRequest('shop', '7')).toBe(false)
    expect(await lookups.detail('shop', '7')).toHaveProperty('statusMessage')
    expect(await lookups.message('shop', '7')).toMatchObject({ upstreamId: '7' })
    expect(shop.emulator.log).toHaveLength(1)
  })

  it('read a window once, however many messages are looked up one after the other', async () => {
    const octo = await startOctopods('octo', { rows: octopodsRows(9) })
    const lookups = createEngine({ sources: [octo.source] }).lookups()
    for (const id of ['1', '2', '3']) {
      expect(await lookups.message('octo', id)).toMatchObject({ upstreamId: id })
    }
    expect(octo.emulator.log).toHaveLength(1)
  })

  it('know nothing of what another operation requested', async () => {
    const shop = await startWacr('shop', { rows: wacrRows(9) })
    const engine = createEngine({ sources: [shop.source] })
    await engine.lookups().message('shop', '7')
    await engine.lookups().message('shop', '7')
    expect(shop.emulator.log).toHaveLength(2)
  })
})
