import { describe, expect, test } from 'vitest'
import { plainWacrRow, startOctopodsEmulator, startWacrEmulator, type WacrEmulator } from '../../src/index.js'
import { closeAfterEach, getOctopods, getWacr } from '../support/get.js'
import { octopodsRow, wacrRows } from '../support/rows.js'

const started = closeAfterEach()

function startWacr(): Promise<WacrEmulator> {
  return started(startWacrEmulator({ rows: wacrRows(3), envelope: 'array' }))
}

describe('the fault', () => {
  test('status answers with the upstream’s own error, or with what it is given', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '7' } })
    const own = await getWacr(wacr, '/messages')
    expect(own).toMatchObject({ status: 429, json: { error: { code: 'RATE_LIMIT_EXCEEDED' } } })
    expect(own.headers.get('retry-after')).toBe('7')
    wacr.faults.next({ kind: 'status', status: 503, body: 'busy' })
    expect(await getWacr(wacr, '/messages')).toMatchObject({ status: 503, text: 'busy' })
    wacr.faults.next({ kind: 'status', status: 200, body: { data: 'none' } })
    expect(await getWacr(wacr, '/messages')).toMatchObject({ status: 200, json: { data: 'none' } })
  })

  test.each(['hang', 'hangBody'] as const)(
    '%s leaves the request open until the server is closed',
    async (kind) => {
      const wacr = await startWacr()
      wacr.faults.next({ kind })
      const selected = new Promise<void>((resolve) => wacr.onSelected(() => resolve()))
      const arrived = new Promise<void>((resolve) => wacr.onRequest(() => resolve()))
      const answer = getWacr(wacr, '/messages').then(
        () => 'answered',
        () => 'broken',
      )
      await (kind === 'hang' ? arrived : selected)
      expect(await Promise.race([answer, getWacr(wacr, '/messages').then(({ status }) => status)])).toBe(200)
      await wacr.close()
      expect(await answer).toBe('broken')
      expect(wacr.log[0]?.status).toBe(kind === 'hang' ? null : 200)
    },
  )

  test('hangBody sends the head and a part of the body', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'hangBody' })
    const headers = { authorization: `Bearer ${wacr.settings.token}` }
    const response = await fetch(`${wacr.url}/messages`, { headers })
    expect(response.status).toBe(200)
    const reader = response.body?.getReader()
    const part = await reader?.read()
    expect(Buffer.from(part?.value ?? []).toString()).toMatch(/^\[\{"id":3/)
    await reader?.cancel()
  })

  test.each(['reset', 'cutOff'] as const)('%s breaks the connection', async (kind) => {
    const wacr = await startWacr()
    wacr.faults.next({ kind })
    await expect(getWacr(wacr, '/messages')).rejects.toThrow(kind === 'reset' ? 'fetch failed' : 'terminated')
    expect(wacr.log[0]).toMatchObject({ fault: kind, status: kind === 'reset' ? null : 200 })
  })

  test('truncatedJson is a complete response with half of the JSON', async () => {
    const wacr = await startWacr()
    const whole = await getWacr(wacr, '/messages')
    wacr.faults.next({ kind: 'truncatedJson' })
    const half = await getWacr(wacr, '/messages')
    expect(half).toMatchObject({ status: 200, json: undefined })
    expect(half.text).toBe(whole.text.slice(0, whole.text.length >> 1))
  })

  test('html is a proxy’s page', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'html', status: 504 })
    const answer = await getWacr(wacr, '/messages')
    expect(answer.status).toBe(504)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.text).toContain('<h1>504 Gateway Timeout</h1>')
  })

  test('redirect points elsewhere', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'redirect', location: 'https://elsewhere.example/' })
    const answer = await getWacr(wacr, '/messages')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('https://elsewhere.example/')
  })

  test('delay gives the right answer later, and does not hold up a close', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'delay', ms: 20 })
    expect((await getWacr(wacr, '/messages')).json).toHaveLength(3)
    wacr.faults.next({ kind: 'delay', ms: 2 ** 30 })
    const arrived = new Promise<void>((resolve) => wacr.onRequest(() => resolve()))
    const answer = getWacr(wacr, '/messages').catch(() => 'broken')
    await arrived
    await wacr.close()
    expect(await answer).toBe('broken')
  })

  test('mutateItem, replaceItem and mutateBody change the answer and not the table', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'mutateItem', index: 1, patch: { id: 'x', status: undefined } })
    const { json } = await getWacr(wacr, '/messages?fields=id,status')
    expect(json).toStrictEqual([{ id: 3, status: 'sent' }, { id: 'x' }, { id: 1, status: 'sent' }])
    wacr.faults.next({ kind: 'replaceItem', index: 0, value: null })
    expect((await getWacr(wacr, '/messages?fields=id')).json).toStrictEqual([null, { id: 2 }, { id: 1 }])
    wacr.faults.next({ kind: 'mutateBody', change: (body) => ({ results: body }) })
    expect((await getWacr(wacr, '/messages?fields=id&per_page=1')).json).toStrictEqual({
      results: [{ id: 3 }],
    })
    wacr.faults.next({ kind: 'mutateItem', index: 0, patch: { url: 5 } })
    expect((await getWacr(wacr, '/messages/2')).json).toMatchObject({ data: { id: 2, url: 5 } })
    expect((await getWacr(wacr, '/messages?fields=id')).json).toStrictEqual([{ id: 3 }, { id: 2 }, { id: 1 }])
  })

  test('mutateBody gets a copy in which every number has its digits', async () => {
    const digits = ['12345678901234567890', '1.10', '-0', '1e400']
    const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown }
    const figures = digits.map((each) => rawJSON(each))
    const wacr = await started(startWacrEmulator({ rows: [plainWacrRow(1, { extra: { figures } })] }))
    wacr.faults.next({ kind: 'mutateBody', change: (body) => ({ results: body }) })
    expect((await getWacr(wacr, '/messages')).text).toContain(`"figures":[${digits.join(',')}]`)
  })

  test('mutateItem reaches Octopods’ items too', async () => {
    const octopods = await started(startOctopodsEmulator({ rows: [octopodsRow(1)], listShape: 'B' }))
    octopods.faults.next({ kind: 'mutateItem', index: 0, patch: { sent_at: 'yesterday' } })
    const { json } = await getOctopods(octopods, '/whatsapp/messages')
    expect(json).toMatchObject({ messages: [{ message_id: 1, sent_at: 'yesterday' }] })
  })

  test('mutateBody changes the body of every request, or of one, as it sees fit', async () => {
    const octopods = await started(startOctopodsEmulator({ rows: [octopodsRow(1)], listShape: 'B' }))
    octopods.faults.next({ kind: 'mutateBody', change: () => ({ error_code: 6, messages: [] }) })
    octopods.faults.when(({ path }) => path.endsWith('/messages'), {
      kind: 'mutateBody',
      change: (body, { params }) => Object.assign(body as object, { limit: params['limit'] }),
    })
    const bodies: unknown[] = []
    for (const limit of [7, 8, 9]) {
      bodies.push((await getOctopods(octopods, `/whatsapp/messages?limit=${limit}`)).json)
    }
    expect(bodies).toMatchObject([
      { error_code: 6, messages: [] },
      { limit: '8', messages: [{ message_id: 1 }] },
      { limit: '9', messages: [{ message_id: 1 }] },
    ])
  })

  test('echoCredentials repeats what was sent', async () => {
    const wacr = await startWacr()
    wacr.faults.next({ kind: 'echoCredentials' })
    const answer = await getWacr(wacr, '/messages')
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('wacr-s3cret-token')
  })
})

describe('the script', () => {
  test('counts, chooses by request, and is cleared', async () => {
    const wacr = await startWacr()
    const statuses = async (...paths: string[]): Promise<number[]> => {
      const answers: number[] = []
      for (const path of paths) answers.push((await getWacr(wacr, path)).status)
      return answers
    }
    wacr.faults.when((record) => record.params['page'] === '2', { kind: 'status', status: 500 })
    wacr.faults.next({ kind: 'status', status: 429 }, 2)
    expect(
      await statuses('/messages?page=2', '/messages', '/messages', '/messages', '/messages?page=2'),
    ).toStrictEqual([500, 429, 429, 200, 500])
    expect(wacr.log.map((record) => record.fault)).toStrictEqual([
      'status',
      'status',
      'status',
      null,
      'status',
    ])
    wacr.faults.clear()
    expect(await statuses('/messages?page=2')).toStrictEqual([200])
  })
})
