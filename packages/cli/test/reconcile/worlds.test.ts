import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runWaybill } from '../support/run-waybill.js'
import { parseLines, startUpstreams } from '../support/upstreams.js'
import { spawnWaybill } from '../support/waybill-process.js'
import { checkFindings, type Line } from './check-findings.js'
import { plantWorld } from './planted-world.js'

/** How many random worlds, and from which seed; `WAYBILL_LOGS` and `WAYBILL_SEED` set others. */
const WORLDS = Number(process.env['WAYBILL_LOGS'] ?? 1)
const SEED = Number(process.env['WAYBILL_SEED'] ?? 1)

/** No poll of the server changes the archive while it is compared. */
const RARELY = { sync: { minPollSeconds: 600, maxPollSeconds: 3600, maxStalenessSeconds: 7200 } }

const QUERY = `query ($entries: [LogEntryInput!]!, $options: ReconcileOptionsInput) {
  reconcile(entries: $entries, options: $options) {
    findings { entry verdict upstreamId because }
  }
}`

test.each(Array.from({ length: WORLDS }, (_, index) => SEED + index))(
  'command, endpoint and GraphQL find what was planted, and nothing else: world %i',
  async (seed) => {
    const world = plantWorld(seed, Date.now())
    const { octopods, wacr, cwd } = await startUpstreams({
      archive: 'sqlite:./waybill.db',
      section: RARELY,
      octopods: { rows: [] },
      wacr: { rows: [] },
    })
    for (const { octo, shop } of world.phases) {
      for (const row of octo) octopods.table.insert(row)
      for (const row of shop) wacr.table.insert(row)
      const { code, stderr } = await runWaybill(['sync'], { cwd })
      expect({ code, stderr }).toMatchObject({ code: expect.toSatisfy((each) => each === 0 || each === 3) })
    }
    await writeFile(join(cwd, 'log'), world.log)
    const args = ['reconcile', 'log', ...world.flags]
    const command = await runWaybill(args, { cwd })
    expect(checkFindings(world, parseLines(command.stdout) as unknown as Line[])).toEqual([])
    expect(command.code).toBe(4)
    expect((await runWaybill(args, { cwd })).stdout).toBe(command.stdout)

    const server = spawnWaybill(['serve'], { cwd })
    const url = await server.seen('stdout', /(http:\S+)/)
    const query = new URLSearchParams(pairsOf(world.flags).map(([flag, value]) => [flag.slice(2), value]))
    const answer = await fetch(new URL(`/reconcile?${query.toString()}`, url), {
      method: 'POST',
      body: world.log,
    })
    expect(await answer.text()).toBe(command.stdout)
    const entries = world.entries.map(({ send: { upstreamId, at, byId, text } }) => ({
      id: byId ? upstreamId : null,
      to: '030 23125380',
      text,
      at: new Date(at).toISOString(),
      status: 'DELIVERED',
    }))
    const asked = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, variables: { entries, options: { defaultCountry: 'DE' } } }),
    })
    const { data } = (await asked.json()) as { data: { reconcile: { findings: Line[] } } }
    expect(data.reconcile.findings).toEqual(
      (parseLines(command.stdout) as unknown as Line[]).map(
        ({ entry, verdict, upstreamId, because = null }) => ({
          entry,
          verdict,
          upstreamId,
          because,
        }),
      ),
    )
  },
)

function pairsOf(flags: readonly string[]): [string, string][] {
  return flags.flatMap((flag, index) => (index % 2 === 0 ? [[flag, flags[index + 1] ?? '']] : []))
}
