/** A reconciliation in a process in which there is nothing else: says what it held at most, and what it cost. */
import { run } from 'waybill'
import { childArgument, say } from '../measure/child.ts'
import { peakRss } from '../measure/memory.ts'

const flags = childArgument() as readonly string[]
const begin = performance.now()
const code = await run(['reconcile', ...flags], {})
const { user, system } = process.cpuUsage()
say({
  code,
  seconds: (performance.now() - begin) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakRss: peakRss(),
})
