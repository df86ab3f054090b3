import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readLogBody } from '../../src/server/log-body.js'

const LIMITS = { requestSeconds: 30, maxLogBytes: 1_000_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A body whose parts arrive so many seconds after each other. */
function bodyOf(parts: number, bytes: number, seconds: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = parts
  let isWanted = true
  return new ReadableStream(
    {
      cancel: () => {
        isWanted = false
      },
      pull: (controller) =>
        new Promise((resolve) => {
          setTimeout(() => {
            if (isWanted && left === 0) controller.close()
            else if (isWanted) controller.enqueue(new Uint8Array(bytes))
            left -= 1
            resolve()
          }, seconds * 1000)
        }),
    },
    { highWaterMark: 0 },
  )
}

/** How many bytes are read, while the client takes its time, and the server for each part as well. */
async function lengthOf(body: ReadableStream<Uint8Array<ArrayBuffer>>, serverSeconds = 0): Promise<number> {
  let bytes = 0
  for await (const part of readLogBody({ body, headers: new Headers() }, LIMITS)) {
    bytes += part.byteLength
    if (serverSeconds > 0) await new Promise((resolve) => setTimeout(resolve, serverSeconds * 1000))
  }
  return bytes
}

async function afterHours<Value>(result: Promise<Value>): Promise<Value> {
  // Whoever rejects meanwhile is looked at below.
  result.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(5 * 3_600_000)
  return result
}

test('an upload may take hours, as long as it makes progress', async () => {
  expect(await afterHours(lengthOf(bodyOf(80, 10_000, 29)))).toBe(800_000)
})

test('the time that the server takes to read is not counted', async () => {
  expect(await afterHours(lengthOf(bodyOf(40, 100, 0.1), 100))).toBe(4000)
})

test.each([
  ['stops', bodyOf(3, 10_000, 3600)],
  ['brings a few bytes now and then', bodyOf(1000, 10, 5)],
  ['never begins', bodyOf(0, 0, 100)],
])('an upload that %s is given up', async (_, body) => {
  const message = expect.stringMatching(
    /^The log arrived too slowly: for 30 s, at fewer than 256 bytes a second/,
  ) as unknown
  await expect(afterHours(lengthOf(body))).rejects.toMatchObject({ name: 'LogStalled', message })
})

test.each([
  ['before it is read, by its length', { 'content-length': '1000001' }, bodyOf(1, 1, 0)],
  ['as it arrives', {}, bodyOf(200, 10_000, 0)],
])('a log that is too large is refused %s', async (_, headers, body) => {
  const parts = readLogBody({ body, headers: new Headers(headers) }, LIMITS)
  const all = (async (): Promise<void> => {
    for await (const part of parts) expect(part.byteLength).toBeGreaterThan(0)
  })()
  await expect(afterHours(all)).rejects.toMatchObject({
    code: 'QUERY_TOO_EXPENSIVE',
    message: expect.stringContaining('server.limits.maxLogBytes') as unknown,
  })
})
