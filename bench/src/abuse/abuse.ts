/**
 * What attacks cost the server: for each, how it was answered and when, how much more memory was resident than before all of
 * them, and the slowest answer that an honest client got meanwhile.
 */
import { type Cell, markdownTable } from '../measure/markdown-table.ts'
import { type AttackedServer, startAttackedServer } from './attacked-server.ts'
import { tokenAttacks } from './callers.ts'
import { CONNECTION_ATTACKS } from './connections.ts'
import { type Attack, DOCUMENT_ATTACKS } from './documents.ts'
import { type HonestClient, startHonestClient } from './honest-client.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { PERMITTED_ATTACKS } from './permitted.ts'
import { REQUEST_ATTACKS } from './requests.ts'

const MESSAGES = 20_000
const SAMPLE_MS = 20
const WARM_UP_MS = 5000
const [only = ''] = process.argv.slice(2)

await using provider = await startIdentityProvider()
await using server = await startAttackedServer({ messages: MESSAGES, identityProvider: provider })
const all: readonly Attack[] = [
  ...DOCUMENT_ATTACKS,
  ...tokenAttacks(provider),
  ...CONNECTION_ATTACKS,
  ...REQUEST_ATTACKS,
  ...PERMITTED_ATTACKS,
]
await using honest: HonestClient = startHonestClient(server.url)
// Code is compiled, and the database's pages are read, at the first requests.
await honest.slowest({ from: 0, to: Date.now() + WARM_UP_MS })
const idle = await server.rss()
const rows: Cell[][] = []
for (const attack of all.filter(({ name }) => name.includes(only))) rows.push(await measure(attack, server))
console.log(markdownTable(['attack', 'answer', 'ms', 'MiB above idle', 'slowest honest answer, ms'], rows))
console.log(`\n${Math.round(idle)} MiB idle.`)

async function measure({ name, prepare, run }: Attack, attacked: AttackedServer): Promise<Cell[]> {
  prepare?.()
  let peak = 0
  const sampling = setInterval(() => {
    attacked.rss().then(
      (now) => (peak = Math.max(peak, now)),
      // What ended the server ends the run, with a reason of its own.
      () => undefined,
    )
  }, SAMPLE_MS)
  const from = Date.now()
  const answer = await run(attacked.url)
  const to = Date.now()
  clearInterval(sampling)
  peak = Math.max(peak, await attacked.rss())
  return [name, answer, to - from, Math.round(peak - idle), Math.round(await honest.slowest({ from, to }))]
}
