#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { generateOctopodsRows } from './data/octopods-rows.js'
import { startTrickle } from './data/trickle.js'
import { generateWacrRows } from './data/wacr-rows.js'
import { startOctopodsEmulator } from './octopods/octopods-emulator.js'
import { startWacrEmulator } from './wacr/wacr-emulator.js'

const USAGE = `waybill-emulators: both upstreams on loopback, with generated messages.

  --octopods-port N   default 0: any free port
  --wacr-port N       default 0: any free port
  --count N           how many messages each of the two has at the start; default 5000
  --rate N            new messages a minute in each of the two; default 6
  --seed N            the seed of the generated data; default 1
  --help`

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  // One of the two may be listening already.
  process.exit(1)
}

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      'octopods-port': text,
      'wacr-port': text,
      count: text,
      rate: text,
      seed: text,
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return console.log(USAGE)
  const [octopodsPort, wacrPort] = [
    number(values['octopods-port'], 'octopods-port', 0),
    number(values['wacr-port'], 'wacr-port', 0),
  ]
  const [count, seed] = [number(values.count, 'count', 5000), number(values.seed, 'seed', 1)]
  const ratePerMinute = number(values.rate, 'rate', 6)
  const data = { count, seed, endAt: Date.now() }
  const octopods = await startOctopodsEmulator({ port: octopodsPort, rows: generateOctopodsRows(data) })
  const wacr = await startWacrEmulator({ port: wacrPort, rows: generateWacrRows(data) })
  const trickle = startTrickle({ octopods, wacr, ratePerMinute, seed: seed + 1 })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      trickle.stop()
      void Promise.all([octopods.close(), wacr.close()])
    })
  }
  console.log(`OCTOPODS_BASE_URL=${octopods.url}
OCTOPODS_API_KEY=${octopods.settings.apiKey}
WACR_BASE_URL=${wacr.url}
WACR_TOKEN=${wacr.settings.token}`)
}

function number(given: string | undefined, name: string, fallback: number): number {
  const value = given === undefined ? fallback : Number(given)
  if (given === '' || !Number.isInteger(value) || value < 0) {
    throw new Error(`--${name}: expected a whole number, found "${given}". See --help.`)
  }
  return value
}
