import fc from 'fast-check'
import { test } from 'vitest'
import { createEngine } from '../src/index.js'
import { historyPlan } from './model/plan-arbitraries.js'
import { steps } from './model/step-arbitraries.js'
import { runHistory } from './model/run-history.js'
const N = Number(process.env['N'] ?? 400)
const CODE = process.env['CODE'] ?? ''
test('scratch', async () => {
  const sum: Record<string, number> = {}
  const ex: Record<string, [any, any, string]> = {}
  let n = 0, faults = 0
  for (const [plan, taken] of fc.sample(fc.tuple(historyPlan, steps), { numRuns: N, seed: Number(process.env['SEED'] ?? 20261121) })) {
    const verdict = await runHistory(plan, taken, (sources: any) => createEngine({ sources }))
    if (verdict.faults().length) { faults++; console.log(verdict.faults()) }
    n += plan.upstreams.length
    const evidence: any = verdict
    for (const [index, u] of plan.upstreams.entries()) {
      const codes = [...(evidence.codesOf(`s${index}`))].join(' ')
      if (codes === '') continue
      const key = codes + ' ' + u.kind
      sum[key] = (sum[key] ?? 0) + 1
      const size = JSON.stringify(taken).length + 200 * plan.upstreams.length
      if (!ex[key] || size < JSON.stringify(ex[key][1]).length + 200 * ex[key][0].upstreams.length) ex[key] = [plan, taken, `s${index}`]
    }
    ;(globalThis as any).__w = {}
  }
  console.log(n, faults, JSON.stringify(sum, null, 1))
  for (const [k, [plan, taken, s]] of Object.entries(ex)) {
    if (CODE === '' || !k.includes(CODE)) continue
    ;(globalThis as any).__trace = true
    console.log(k, JSON.stringify([plan.sort, plan.range, plan.filter, plan.upstreams[Number(s.slice(1))]]), JSON.stringify(taken))
    await runHistory(plan, taken, (sources: any) => createEngine({ sources: sources.map((src: any) => src.id !== s ? src : { ...src, provider: { ...src.provider, list: async (r: any, c: any) => { const res = await src.provider.list(r, c); const p = r.page as any; const m = res.messages; console.log(`${JSON.stringify(p)} -> ${m.length} [${m.slice(0,3).map((x: any)=>x.upstreamId+'@'+(x.sentAt/1000%100000))}..${m.slice(-3).map((x: any)=>x.upstreamId+'@'+(x.sentAt/1000%100000))}] ${JSON.stringify(res.page ?? res.cursor?.hasNextPage)} ${r.filter.length}`); return res } } }) }))
  }
}, 600000)
