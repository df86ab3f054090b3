import type { Message } from '@waybill/core'
import type { MessagePageEdge } from '../engine.js'
import type { Bookmarks } from './source-run.js'

/** Makes cursors of places in all sources. */
export interface Places {
  cursorAt(bookmarks: readonly Bookmarks[]): string
}

/**
 * An edge whose cursor is made when it is read. A class, since an object with a getter of its own takes ten times as much memory, and has
 * a hidden class of its own, which keeps the whole page until the next full garbage collection.
 */
export class PageEdge implements MessagePageEdge {
  readonly source: string
  readonly message: Message
  readonly #places: Places
  readonly #bookmarks: readonly Bookmarks[]

  constructor(source: string, message: Message, places: Places, bookmarks: readonly Bookmarks[]) {
    this.source = source
    this.message = message
    this.#places = places
    this.#bookmarks = bookmarks
  }

  get cursor(): string {
    return this.#places.cursorAt(this.#bookmarks)
  }

  toJSON(): MessagePageEdge {
    const { source, message, cursor } = this
    return { source, message, cursor }
  }
}
