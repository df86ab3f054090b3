import type { HeldMessage } from './held.js'

/** The held messages by their identifiers. */
export class MessageIndex {
  readonly #byId = new Map<string, HeldMessage[]>()
  readonly #byWhatsappId = new Map<string, HeldMessage[]>()

  add(held: HeldMessage): void {
    append(this.#byId, held.message.upstreamId, held)
    if (held.message.whatsappId !== null) append(this.#byWhatsappId, held.message.whatsappId, held)
  }

  remove(held: HeldMessage): void {
    take(this.#byId, held.message.upstreamId, held)
    if (held.message.whatsappId !== null) take(this.#byWhatsappId, held.message.whatsappId, held)
  }

  withId(id: string): readonly HeldMessage[] {
    return this.#byId.get(id) ?? []
  }

  withWhatsappId(id: string): readonly HeldMessage[] {
    return this.#byWhatsappId.get(id) ?? []
  }
}

/** Adds a value to the list of a key. */
export function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

/** Takes a value off the list of a key. */
export function take<T>(map: Map<string, T[]>, key: string, value: T): void {
  const rest = map.get(key)?.filter((each) => each !== value) ?? []
  if (rest.length === 0) map.delete(key)
  else map.set(key, rest)
}
