import { connect, type Socket } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { plainWacrRow } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { subscribe } from './support/subscribe.js'
import { PATIENCE } from './support/wait.js'

const EVENTS = 20_000
const QUERY = 'subscription ($after: ID) { messageEvents(after: $after) { id kind message { raw text } } }'
const LONG = 'a'.repeat(50_000)

/** A subscriber that can stop reading. */
async function subscribeSlowly(url: string, after: string): Promise<{ socket: Socket; text: () => string }> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.on('data', (chunk) => {
    text += String(chunk)
  })
  const body = JSON.stringify({ query: QUERY, variables: { after } })
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: text/event-stream\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  await expect.poll(() => text.includes('event: next'), PATIENCE).toBe(true)
  socket.pause()
  return { socket, text: () => text }
}

test('a subscriber who stops reading is not read ahead for, and learns that events are no longer kept', async () => {
  const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1, { message: LONG })] } })
  const archive = await emptyArchive(createSqlitePlace)
  const { url } = await serve(upstreams, { archive })
  const first = await subscribe(url, { query: QUERY })
  upstreams.wacr.table.insert(plainWacrRow(2, { message: LONG }))
  await expect.poll(() => first.events.length, PATIENCE).toBeGreaterThan(0)
  first.leave()

  const database = new DatabaseSync(archive.slice('sqlite:'.length))
  onTestFinished(() => database.close())
  database.exec('pragma busy_timeout = 10000')
  // One change of the long message after the other: 100 kB each.
  database.exec(`insert into events (source, sequence, kind, at, id_key, from_at, to_at)
    with recursive number (n) as (select 1 union all select n + 1 from number where n < ${EVENTS})
    select 'shop', last.sequence + n, 'CHANGED', last.at, last.id_key, null, null
    from number, (select * from events where source = 'shop' order by sequence desc limit 1) as last`)
  const { socket, text } = await subscribeSlowly(url, first.events.at(-1)?.id ?? '')
  // Long enough for a server that reads on to read more than buffers hold.
  await wait(500)
  database.exec(`delete from events where sequence < ${EVENTS}`)
  socket.resume()
  await expect.poll(() => text().includes('event: complete')).toBe(true)
  const received = text().split('event: next').length - 1
  expect(received).toBeLessThan(500)
  expect(text()).toContain('"code":"INVALID_CURSOR"')
  expect(text()).toContain('are no longer kept. Read what changed with messages(')
})

test('comments keep the connection of a subscriber alive while nothing happens', async () => {
  const upstreams = await startUpstreams()
  const { url } = await serve(upstreams, { archive: await emptyArchive(createSqlitePlace) })
  const subscription = await subscribe(url, { query: QUERY })
  await expect.poll(() => subscription.heartbeats, PATIENCE).toBeGreaterThanOrEqual(3)
  expect(subscription.results).toEqual([])
})
