import type { CallOptions } from '@waybill/core'
import { requestFor } from './request.js'
import type { Stage } from './stage.js'

/** One call of the provider. */
export interface Read {
  /** Of the method. */
  readonly name: string
  call(options?: CallOptions): Promise<unknown>
}

/** The calls that may go upstream, both for what is there. */
export function readsOf({ provider, capabilities, rows, idOf }: Stage): Read[] {
  const list: Read = { name: 'list', call: (options) => provider.list(requestFor(capabilities, {}), options) }
  const [row] = rows
  const get = provider.get?.bind(provider)
  if (get === undefined || row === undefined) return [list]
  return [list, { name: 'get', call: (options) => get(idOf(row), options) }]
}

/** All calls that a provider has, those for what it has at hand as well. */
export function callsOf(stage: Stage): Read[] {
  const { provider, rows, idOf } = stage
  const [row] = rows
  const find = provider.find?.bind(provider)
  const history = provider.history?.bind(provider)
  return [
    ...readsOf(stage),
    ...(find === undefined || row === undefined
      ? []
      : [{ name: 'find', call: (options?: CallOptions) => find(idOf(row), options) }]),
    ...(history === undefined ? [] : [{ name: 'history', call: history }]),
  ]
}
