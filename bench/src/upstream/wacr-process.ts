import type { EngineSource } from '@waybill/engine'
import { wacr } from '@waybill/provider-wacr'
import { type Child, startChild } from '../measure/child.ts'
import type { TableOptions } from './table-rows.ts'

/** Where a tenant listens. */
export interface WacrAddress {
  readonly url: string
  readonly token: string
}

/** A running tenant. */
export interface WacrProcess extends AsyncDisposable {
  readonly address: WacrAddress
  readonly pid: number
}

const SCRIPT = new URL('serve-wacr.ts', import.meta.url)
/** A million rows with their indexes take about one. */
const HEAP_MIB = 8192

/** Starts a tenant in a process of its own. @throws Error when it does not come up */
export async function startWacrProcess(options: TableOptions): Promise<WacrProcess> {
  const child: Child = startChild(SCRIPT, options, HEAP_MIB)
  const address = (await child.next()) as WacrAddress
  return { address, pid: child.pid, [Symbol.asyncDispose]: () => child.end() }
}

/** The source that reads a tenant over HTTP. */
export function wacrSource(id: string, { url, token }: WacrAddress): EngineSource {
  return { id, provider: wacr({ token, baseUrl: url }, { source: id }) }
}
