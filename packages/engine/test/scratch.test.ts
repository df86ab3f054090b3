import fc from 'fast-check'
import { test } from 'vitest'
import { createEngine } from '../src/index.js'
import { historyPlan, steps } from './model/arbitraries.js'
import { runHistory } from './model/run-history.js'
const N = Number(process.env['N'] ?? 400)
const CODE = process.env['CODE'] ?? ''
test('scratch', async () => {
  const sum: Record<string, number> = {}
  const ex: Record<string, [any, any, string]> = {}
  let n = 0, faults = 0
  for (const [plan, taken] of fc.sample(fc.tuple(historyPlan, steps), { numRuns: N, seed: Number(process.env['SEED'] ?? 20261121) })) {
    const verdict = await runHistory(plan, taken)
    if (verdict.faults().length) { faults++; console.log(verdict.faults()) }
    n += plan.upstreams.length
    for (const [s, codes] of verdict.doubted) {
      const u = plan.upstreams[Number(s.slice(1))]
      const key = codes + ' ' + u?.kind
      sum[key] = (sum[key] ?? 0) + 1
      const size = JSON.stringify(taken).length + 200 * plan.upstreams.length
      if (!ex[key] || size < JSON.stringify(ex[key][1]).length + 200 * ex[key][0].upstreams.length) ex[key] = [plan, taken, s]
    }
  }
  console.log(n, faults, JSON.stringify(sum, null, 1))
  for (const [k, [plan, taken, s]] of Object.entries(ex)) {
    if (CODE === '' || !k.includes(CODE)) continue
    console.log(k, JSON.stringify([plan.sort, plan.range, plan.filter, plan.upstreams[Number(s.slice(1))]]), JSON.stringify(taken))
    await runHistory(plan, taken, (sources) => createEngine({ sources: sources.map((src) => src.id !== s ? src : { ...src, provider: { ...src.provider, list: async (r, c) => { const res = await src.provider.list(r, c); const p = r.page as any; const m = res.messages; console.log(`${p.number}x${p.size} start ${(p.number-1)*p.size} -> ${m.length} [${m[0]?.upstreamId}..${m.at(-1)?.upstreamId}] ${JSON.stringify(res.page)} ${r.filter.length}`); return res } } }) }))
  }
}, 600000)
