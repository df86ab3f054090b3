import type { Measure } from '../compare/measure.ts'
import { compareRates, type Contestant, type Rate, rateTable, ratioOf } from '../compare/rate.ts'
import type { Running } from '../stage/running.ts'
import type { RateOptions, Stage } from '../stage/stage.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'
import { startWacrProcess } from '../upstream/wacr-process.ts'

const ROWS = 20_000
/** Of an upstream at a distance. */
const LATENCY_MS = 25
/** What both can show: neither the list nor Mesh tells a direction. */
const QUERY = `{ messages(first: 50) {
  nodes { id upstreamId whatsappId type status text from interactionId isRead sentAt } pageInfo { hasNextPage endCursor }
} }`
const MESH_QUERY = `{ messages(first: 50) {
  data { id message_id type status message sender_id interaction_id is_read sent_at }
} }`

export const measure: Measure = {
  title: 'A live page of WA.cr',
  about: `\`messages(first: 50)\` from a tenant of ${ROWS.toLocaleString('en-US')} rows in a process of its own, read live, without an archive. Mesh serves the same list by its handler of JSON schemas; the direct request is the list itself. Waybill sends one request for equal ones at a time, and the others one each. The latency is that of one caller at a time, who shares nothing, and of a tenant that takes ${LATENCY_MS} ms for each answer, as one does that is not on the same machine.`,
  run: async (stage) => {
    const { connections } = stage.rate
    const many = await ratesOf(stage, 0, stage.rate)
    const single = await ratesOf(stage, LATENCY_MS, { ...stage.rate, connections: 1 })
    return {
      goals: [
        {
          what: 'A live page of WA.cr, requests/s',
          against: 'GraphQL Mesh',
          ratio: ratioOf(many, 'Waybill', 'GraphQL Mesh'),
          reach: { atLeast: 2 },
        },
        {
          what: 'A live page of WA.cr, latency for one caller',
          against: 'the direct request',
          ratio: ratioOf(single, 'direct', 'Waybill'),
          reach: { atMost: 1.3 },
        },
      ],
      table: `${connections} connections, no latency:\n\n${rateTable(many)}\n\nOne connection, ${LATENCY_MS} ms:\n\n${rateTable(single)}`,
    }
  },
}

async function ratesOf(stage: Stage, latencyMs: number, options: RateOptions): Promise<Rate[]> {
  await using tenant = await startWacrProcess({ count: ROWS, kind: 'plain', latencyMs })
  const { url, token } = tenant.address
  await using waybill = await startWaybill(stage.folder, {
    sources: [{ id: 'shop', provider: '@waybill/provider-wacr', options: { token, baseUrl: url } }],
    server: { limits: { upstreamRequestsPerMinute: 10_000_000 } },
  })
  await using mesh = await startRival('mesh.ts', tenant.address)
  // Its process ends with the tenant.
  const upstream: Running = { url, pid: tenant.pid, [Symbol.asyncDispose]: async () => undefined }
  const contestants: readonly Contestant[] = [
    { name: 'Waybill', server: waybill, path: '/graphql', body: { query: QUERY } },
    { name: 'GraphQL Mesh', server: mesh, path: '/graphql', body: { query: MESH_QUERY } },
    {
      name: 'direct',
      server: upstream,
      path: '/messages?per_page=50',
      headers: { authorization: `Bearer ${token}` },
    },
  ]
  // Awaited here, since the servers end with this function.
  return await compareRates(contestants, options)
}
