/**
 * A tenant of WA.cr in a process of its own, so that its table is in nobody else's memory: says where it listens, and
 * serves until it is ended.
 */
import { startWacrEmulator } from '@waybill/emulators'
import { childArgument, say } from '../measure/child.ts'
import { tableRows, type TableOptions } from './table-rows.ts'

const { url, settings } = await startWacrEmulator({
  rows: tableRows(childArgument() as TableOptions),
  tableOptions: { ties: 'shuffle' },
})
say({ url, token: settings.token })
