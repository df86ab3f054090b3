import type { Message } from '@waybill/core'
import type { MessagePageEdge } from '../engine.js'
import type { Bookmarks } from './source-run.js'

/** An edge whose cursor is made when it is read. A class, since an object with a getter of its own takes ten times as much memory. */
export class PageEdge implements MessagePageEdge {
  readonly source: string
  readonly message: Message
  readonly #cursorAt: (bookmarks: readonly Bookmarks[]) => string
  readonly #bookmarks: readonly Bookmarks[]

  constructor(
    source: string,
    message: Message,
    cursorAt: (bookmarks: readonly Bookmarks[]) => string,
    bookmarks: readonly Bookmarks[],
  ) {
    this.source = source
    this.message = message
    this.#cursorAt = cursorAt
    this.#bookmarks = bookmarks
  }

  get cursor(): string {
    return this.#cursorAt(this.#bookmarks)
  }

  toJSON(): MessagePageEdge {
    const { source, message, cursor } = this
    return { source, message, cursor }
  }
}
