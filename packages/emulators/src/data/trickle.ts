import type { OctopodsTable } from '../octopods/octopods-table.js'
import { createRandom } from '../random/random.js'
import type { WacrRow, WacrTable } from '../wacr/wacr-table.js'
import { deliveryAt, isSettled, planDelivery } from './delivery.js'
import { makeOctopodsRow } from './octopods-rows.js'
import { createWacrRowMaker, wacrStateAt } from './wacr-rows.js'

export interface TrickleOptions {
  /** An emulator, or whatever else holds the table; absent: no messages there. */
  readonly wacr?: { readonly table: WacrTable }
  readonly octopods?: { readonly table: OctopodsTable }
  /** How many messages arrive in a minute on the average, at each of the two. */
  readonly ratePerMinute: number
  readonly seed: number
}

/** Live traffic: new messages, and those that came with it on their way SENT → DELIVERED → READ, or FAILED. */
export interface Trickle {
  /** Makes everything happen that is due up to `time`, in milliseconds since the epoch. */
  advance(time: number): void
}

/** Live traffic that advances to a given time: the same for the same options and times. */
export function createTrickle(options: TrickleOptions, startAt: number): Trickle {
  const { ratePerMinute, seed } = options
  const random = createRandom(seed)
  const gap = (): number => (-Math.log(1 - random.next()) * 60_000) / ratePerMinute
  const streams = arrivals(options).map((arrive) => ({ arrive, due: startAt + gap() }))
  let moving: Progress[] = []
  return {
    advance: (time) => {
      for (const stream of streams) {
        for (; stream.due <= time; stream.due += gap()) {
          moving.push(stream.arrive(Math.floor(stream.due / 1000) * 1000))
        }
      }
      moving = moving.filter((progress) => progress(time))
    },
  }
}

/** Live traffic that goes with the clock until it is stopped. It does not keep the process running. */
export function startTrickle(options: TrickleOptions): { stop(): void } {
  const trickle = createTrickle(options, Date.now())
  const timer = setInterval(() => trickle.advance(Date.now()), STEP_MS).unref()
  return { stop: () => clearInterval(timer) }
}

const STEP_MS = 200

function arrivals({ octopods, wacr, seed }: TrickleOptions): Arrival[] {
  const both = [octopods && octopodsArrival(octopods.table, seed), wacr && wacrArrival(wacr.table, seed)]
  return both.filter((arrival) => arrival !== undefined)
}

/** Inserts a message that is recorded at the given second, and returns how to bring it up to date. */
export type Arrival = (createdAt: number) => Progress

/** Brings a message up to date; false when nothing more will happen to it. */
export type Progress = (now: number) => boolean

function octopodsArrival(table: OctopodsTable, seed: number): Arrival {
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

function wacrArrival(table: WacrTable, seed: number): Arrival {
  const random = createRandom(seed)
  const make = createWacrRowMaker({ seed, addressOf: (id) => addressIn(table, id) }, random)
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

/** A conversation keeps its number, whatever seed its earlier messages were made with. */
function addressIn(table: WacrTable, interactionId: number): string | null {
  const isFromContact = (row: WacrRow): boolean =>
    row.interactionId === interactionId && row.direction === 'inbound' && row.senderId !== null
  return table.rows().findLast(isFromContact)?.senderId ?? null
}
