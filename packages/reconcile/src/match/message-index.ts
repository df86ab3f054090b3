import type { BufferedMessage } from './buffered-item.js'

/** The held messages by their identifiers. */
export class MessageIndex {
  readonly #byId = new Map<string, BufferedMessage[]>()
  readonly #byWhatsappId = new Map<string, BufferedMessage[]>()

  add(held: BufferedMessage): void {
    append(this.#byId, held.message.upstreamId, held)
    if (held.message.whatsappId !== null) append(this.#byWhatsappId, held.message.whatsappId, held)
  }

  remove(held: BufferedMessage): void {
    take(this.#byId, held.message.upstreamId, held)
    if (held.message.whatsappId !== null) take(this.#byWhatsappId, held.message.whatsappId, held)
  }

  withId(id: string): readonly BufferedMessage[] {
    return this.#byId.get(id) ?? []
  }

  withWhatsappId(id: string): readonly BufferedMessage[] {
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
