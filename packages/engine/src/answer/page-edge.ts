import type { Message } from '@waybill/core'
import type { MessagePage, MessagePageEdge } from '../engine.js'
import type { Bookmarks } from './source-run.js'

/** Makes cursors of places in all sources. */
export interface Places {
  cursorAt(bookmarks: readonly Bookmarks[]): string
}

/** An edge whose cursor is made when it is read. A class, since an object with a getter of its own takes ten times as much memory. */
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

type PageInfo = MessagePage['pageInfo']

/**
 * The place of a page in its list, whose cursors are made when they are read. A class for the same reason: an object with getters of
 * its own has a hidden class of its own as well, which keeps the whole page until the next full garbage collection.
 */
export class PlaceInList implements PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage = false
  readonly #edges: readonly MessagePageEdge[]
  readonly #places: Places
  readonly #progress: readonly Bookmarks[] | null

  /** @param progress where every source stands, where the page does not end at its last edge */
  constructor(
    edges: readonly MessagePageEdge[],
    hasNextPage: boolean,
    places: Places,
    progress: readonly Bookmarks[] | null,
  ) {
    this.hasNextPage = hasNextPage
    this.#edges = edges
    this.#places = places
    this.#progress = progress
  }

  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? null
  }

  get endCursor(): string | null {
    return this.#progress === null
      ? (this.#edges.at(-1)?.cursor ?? null)
      : this.#places.cursorAt(this.#progress)
  }

  toJSON(): PageInfo {
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = this
    return { hasNextPage, hasPreviousPage, startCursor, endCursor }
  }
}
