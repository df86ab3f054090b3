import type { WacrTable } from '@waybill/emulators'
import type { Census } from './census.js'
import { LOWEST_CAP } from './cost.js'
import type { ModelSettings } from './model-settings.js'
import { makeRow } from './model-table.js'
import type { Change } from './plan.js'

/** Fewer rows than so many are deleted before and behind the cursor at once. */
export const MOST_BEFORE = 40
export const MOST_BEHIND = 16

/** An upstream of a history, and what happens to its table. */
export class Upstream {
  readonly settings: ModelSettings
  /** Follows the traversal; null until it begins. */
  census: Census | null = null
  /** How many rows arrived since there is a table. */
  arrivals = 0
  readonly #random: () => number

  constructor(settings: ModelSettings, random: () => number) {
    this.settings = settings
    this.#random = random
  }

  apply({ kind, place, amount }: Change): void {
    const count = 1 + Math.floor(amount * 6)
    switch (kind) {
      case 'lower-cap':
        this.settings.cap = Math.max(LOWEST_CAP, Math.floor(this.settings.cap * 0.7))
        break
      case 'arrive':
        this.#arrive(amount > 0.9 ? 120 : count)
        break
      case 'back-date':
        this.#backDate(place)
        break
      case 'touch':
        this.#touch(place)
        break
      case 'delete':
        this.#delete(this.#rowAt(place)?.id)
        break
      case 'delete-near':
        for (const id of this.#around(count)) this.#delete(id)
        break
      case 'delete-at-cursor':
        for (const id of this.#atCursor(
          Math.floor(place ** 2 * MOST_BEFORE),
          Math.floor(amount ** 2 * MOST_BEHIND),
        ))
          this.#delete(id)
        break
    }
  }

  get #table(): WacrTable {
    return this.settings.table
  }

  #arrive(count: number): void {
    const { ties, skewSeconds } = this.settings.plan
    const newest = this.#table.page({ sort: '-created_at', perPage: 1 })[0]?.createdAt ?? 0
    let createdAt = newest + 1000
    for (let added = 0; added < count; added += 1) {
      if (added % ties === 0) createdAt += 1000
      this.#insert(createdAt, skewSeconds)
    }
  }

  /** Into a second that no other row has, so that no group of ties grows beyond what the plan says. */
  #backDate(place: number): void {
    const createdAt = (this.#rowAt(place)?.createdAt ?? 0) + 500
    this.#insert(createdAt, this.settings.plan.skewSeconds)
  }

  #insert(createdAt: number, skewSeconds: number): void {
    const row = this.#table.insert(makeRow(this.#table.nextId(), createdAt, skewSeconds, this.#random))
    this.arrivals += 1
    this.census?.arrived(row)
  }

  #touch(place: number): void {
    const row = this.#rowAt(place)
    if (row === undefined) return
    const latest = this.#table.page({ sort: '-updated_at', perPage: 1 })[0]?.updatedAt ?? 0
    const touched = this.#table.update(row.id, { updatedAt: latest + 1000, status: 'read' })
    if (touched !== undefined) this.census?.touched(touched)
  }

  #delete(id: number | undefined): void {
    if (id !== undefined && this.#table.delete(id)) this.census?.deleted(id)
  }

  #rowAt(place: number): { readonly id: number; readonly createdAt: number } | undefined {
    const rows = this.#table.rows()
    return rows[Math.floor(place * rows.length)]
  }

  /** The row that was yielded last, and so many of its neighbours before and behind it, in the order of the list. */
  #atCursor(before: number, behind: number): number[] {
    const { census } = this
    if (census === null || census.lastKey === null) return []
    const { field, direction } = census.sort
    const sign = direction === 'asc' ? 1 : -1
    const [last, lastKey] = [Number(census.last), census.lastKey]
    const order = this.#table.rows().toSorted((a, b) => sign * (a[field] - b[field] || a.id - b.id))
    const found = order.findIndex((row) => row.id === last)
    const place = found === -1 ? order.filter((row) => sign * (row[field] - lastKey) <= 0).length : found
    return order.slice(Math.max(0, place - before), place + 1 + behind).map((row) => row.id)
  }

  /** The row that was yielded last, and its neighbours among the newest. */
  #around(count: number): number[] {
    const newestFirst = this.#table.page({ sort: '-created_at', perPage: this.#table.size + 1, seed: 1 })
    const order = newestFirst.map((row) => row.id)
    const anchor = Math.max(0, order.indexOf(Number(this.census?.last ?? order[0])))
    return order.slice(Math.max(0, anchor - count), anchor + Math.ceil(count / 2))
  }
}
