import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { get } from './support/get.js'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const run = promisify(execFile)

describe('the command', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, then exits with 0', async (signal) => {
    const child = spawn(process.execPath, [MAIN, '--count', '20'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = once(child, 'exit')
    const printed = new Map<string, string>()
    for await (const line of createInterface(child.stdout)) {
      const [name = '', value = ''] = line.split('=')
      printed.set(name, value)
      if (printed.size === 4) break
    }
    const octopods = { 'x-octopods-auth': printed.get('OCTOPODS_API_KEY') ?? '' }
    const wacr = { authorization: `Bearer ${printed.get('WACR_TOKEN')}` }
    expect((await get(`${printed.get('OCTOPODS_BASE_URL')}/whatsapp/messages`, octopods)).json).toHaveLength(
      20,
    )
    expect((await get(`${printed.get('WACR_BASE_URL')}/messages`, wacr)).json).toMatchObject({
      meta: { total: 20 },
    })
    child.kill(signal)
    expect(await exited).toStrictEqual([0, null])
  })

  test('names what is wrong with a flag', async () => {
    await expect(run(process.execPath, [MAIN, '--count', 'many'])).rejects.toMatchObject({
      code: 1,
      stderr: '--count: expected a whole number, found "many". See --help.\n',
    })
    await expect(run(process.execPath, [MAIN, '--colour'])).rejects.toMatchObject({ code: 1 })
  })

  test('explains itself', async () => {
    expect((await run(process.execPath, [MAIN, '--help'])).stdout).toContain('--octopods-port N')
  })
})
