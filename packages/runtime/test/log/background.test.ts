import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'

const LOGGER = JSON.stringify(new URL('../../dist/log/create-logger.js', import.meta.url).href)

/** A process that logs to its standard error. `log(count)` writes that many lines of a hundred bytes. */
function startLogging(script: string, stderr: 'pipe' | number) {
  const code = `
    import { createLogger } from ${LOGGER}
    const logger = createLogger()
    const log = (count) => { for (let n = 1; n <= count; n += 1) logger.info('Request', { n, padding: 'x'.repeat(40) }) }
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['pipe', 'pipe', stderr],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

function linesOf(log: string): Readonly<Record<string, unknown>>[] {
  return log
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('every line is written before a process exits', async () => {
  const child = startLogging('log(1000); process.exit(0)', 'pipe')
  const [log] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')])
  expect(linesOf(log).map(({ n }) => n)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1))
})

test('a reader of the log that stops neither blocks the process nor fills its memory', async () => {
  const child = startLogging(
    "log(50_000); process.stdout.write('alive'); process.stdin.once('end', () => process.exit(0)).resume()",
    'pipe',
  )
  const [alive] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  expect(String(alive)).toBe('alive')
  const log = text(child.stderr as NodeJS.ReadableStream)
  child.stdin?.end()
  await once(child, 'exit')
  const lines = linesOf(await log)
  const warned = lines.filter(({ level }) => level === 'warn')
  expect(lines.length).toBeGreaterThan(1000)
  expect(lines.length).toBeLessThan(20_000)
  for (const { message, count } of warned) {
    expect(message).toBe('Lines of the log were dropped: its reader was too slow')
    expect(count).toEqual(expect.any(Number))
  }
})

test('a log whose disk is full does not end the process', async () => {
  const child = startLogging(
    "log(100); setTimeout(() => { log(1); process.stdout.write('alive') }, 50)",
    openSync('/dev/full', 'w'),
  )
  const [alive, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    once(child, 'exit') as Promise<[number]>,
  ])
  expect({ alive, code }).toEqual({ alive: 'alive', code: 0 })
})
