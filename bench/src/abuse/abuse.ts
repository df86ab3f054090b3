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

const MESSAGES = 20_000
const SAMPLE_MS = 20
const [only = ''] = process.argv.slice(2)

await using provider = await startIdentityProvider()
await using server = await startAttackedServer({ messages: MESSAGES, identityProvider: provider })
const all: readonly Attack[] = [
  ...DOCUMENT_ATTACKS,
  ...tokenAttacks(provider),
  ...CONNECTION_ATTACKS,
  ...PERMITTED_ATTACKS,
]
await warmUp(server)
const idle = await server.rss()
const rows: Cell[][] = []
for (const attack of all.filter(({ name }) => name.includes(only))) rows.push(await measure(attack, server))
console.log(markdownTable(['attack', 'answer', 'ms', 'MiB above idle', 'slowest honest answer, ms'], rows))
console.log(`\n${Math.round(idle)} MiB idle.`)

async function measure({ name, run }: Attack, attacked: AttackedServer): Promise<Cell[]> {
  const honest: HonestClient = startHonestClient(attacked.url)
  let peak = 0
  const sampling = setInterval(() => {
    void attacked.rss().then((now) => (peak = Math.max(peak, now)))
  }, SAMPLE_MS)
  const begin = performance.now()
  const answer = await run(attacked.url)
  const ms = performance.now() - begin
  const times = await honest.end()
  clearInterval(sampling)
  peak = Math.max(peak, await attacked.rss())
  return [name, answer, Math.round(ms), Math.round(peak - idle), Math.round(Math.max(...times))]
}

/** Code is compiled, and the database's pages are read, at the first requests. */
async function warmUp({ url }: AttackedServer): Promise<void> {
  const honest = startHonestClient(url)
  await new Promise((resolve) => setTimeout(resolve, 5000))
  await honest.end()
}
