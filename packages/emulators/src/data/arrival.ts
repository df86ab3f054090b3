import type { OctopodsTable } from '../octopods/octopods-table.js'
import { createRandom } from '../random/random.js'
import type { WacrTable } from '../wacr/wacr-table.js'
import { deliveryAt, isSettled, planDelivery } from './delivery.js'
import { makeOctopodsRow } from './octopods-rows.js'
import { createWacrRowMaker, wacrStateAt } from './wacr-rows.js'

/** Inserts a message that is recorded at the given second, and tells how to bring it up to date. */
export type Arrival = (createdAt: number) => Progress

/** Brings a message up to date; false when nothing more will happen to it. */
export type Progress = (now: number) => boolean

export function octopodsArrival(table: OctopodsTable, seed: number): Arrival {
  const random = createRandom(seed)
  return (createdAt) => {
    const plan = planDelivery(createdAt, random)
    const { messageId } = table.insert(makeOctopodsRow(table.nextId(), plan, createdAt, random))
    return (now) => {
      const state = deliveryAt(plan, now)
      const row = table.get(messageId)
      if (row === undefined) return false
      if (row.updatedAt !== state.updatedAt) table.update(messageId, state)
      return !isSettled(plan, now)
    }
  }
}

export function wacrArrival(table: WacrTable, seed: number): Arrival {
  const random = createRandom(seed)
  const make = createWacrRowMaker({ seed }, random)
  return (createdAt) => {
    const plan = planDelivery(createdAt, random)
    const { id, direction } = table.insert(make(table.nextId(), plan, createdAt))
    return (now) => {
      const state = wacrStateAt(plan, direction, now)
      const row = table.get(id)
      if (row === undefined) return false
      if (row.updatedAt !== state.updatedAt) table.update(id, state)
      return !isSettled(plan, now)
    }
  }
}
