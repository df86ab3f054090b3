/** An export in a process in which there is nothing else: says how it ended and the most that it ever held. */
import { run } from 'waybill'
import { childArgument, say } from '../measure/child.ts'
import { peakRss } from '../measure/memory.ts'

const begin = performance.now()
const code = await run(childArgument() as string[], {})
say({ code, peakRss: peakRss(), seconds: (performance.now() - begin) / 1000 })
