/**
 * A tenant of WA.cr in a process of its own, so that its table is in nobody else's memory: says where it listens, and
 * serves until it is ended.
 */
import { startWacrEmulator } from '@waybill/emulators'
import { childArgument, say } from '../measure/child.ts'
import { tableRows, type TableOptions } from './table-rows.ts'

const options = childArgument() as TableOptions
const { url, settings, log } = await startWacrEmulator({
  rows: tableRows(options),
  latencyMs: options.latencyMs ?? 0,
  tableOptions: { ties: 'shuffle' },
})
say({ url, token: settings.token })
// What was requested is in nobody's way: a measurement sends hundreds of thousands of requests.
setInterval(() => log.splice(0), 1000)
