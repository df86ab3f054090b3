import type { CallOptions } from '@waybill/core'
import { requestFor } from './request.js'
import type { Stage } from './stage.js'

/** One call of the provider. */
export interface Read {
  /** `list` or `get`. */
  readonly name: string
  call(options?: CallOptions): Promise<unknown>
}

/** The calls that a provider has, both for what is there. */
export function readsOf({ provider, capabilities, rows, idOf }: Stage): Read[] {
  const list: Read = { name: 'list', call: (options) => provider.list(requestFor(capabilities, {}), options) }
  const [row] = rows
  const get = provider.get?.bind(provider)
  if (get === undefined || row === undefined) return [list]
  return [list, { name: 'get', call: (options) => get(idOf(row), options) }]
}
