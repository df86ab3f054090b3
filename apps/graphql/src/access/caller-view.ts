import type { ArchiveRecord, Message, MessageFilter } from '@waybill/core'
import type { Engine } from '@waybill/engine'
import type { ConfiguredSource } from '@waybill/runtime'
import type { Caller } from './caller.js'
import type { CursorSeal } from './cursor-seal.js'
import { withSealedCursors } from './sealed-cursors.js'
import { maskedMessage, maskedRecord, refuseContent, withoutContent } from './without-content.js'

/** What exists for one caller. Whatever answers a request reads messages through it alone. */
export interface CallerView {
  readonly engine: Engine
  /** The sources that exist for the caller by id, in the order of the configuration. */
  readonly sources: ReadonlyMap<string, ConfiguredSource>
  /** Whether the caller has the scope `messages:content`. */
  readonly seesContent: boolean
  /** A message that was not read through the engine, as the caller sees it. */
  show(message: Message): Message
  /** What the archive knows of a message beside the message, as the caller sees it. */
  showRecord(record: ArchiveRecord): ArchiveRecord
  /**
   * For a filter that is not given to the engine.
   * @throws WaybillError FORBIDDEN naming the clause and the scope
   */
  checkFilter(filter: MessageFilter): void
  /** Seals and opens a position that is no cursor of the engine. */
  readonly positions: {
    seal(position: string): string
    /** @throws WaybillError INVALID_CURSOR */
    open(sealed: string): string
  }
}

export interface CallerViewOptions {
  readonly engine: Engine
  /** In the order of the configuration; the engine's own sources. */
  readonly sources: readonly ConfiguredSource[]
  readonly seal: CursorSeal
}

/** The view of a caller. */
export type ViewOf = (caller: Pick<Caller, 'scopes' | 'sources'>) => CallerView

/** Makes the view of each caller: their sources, their content, and cursors that only the same view can open. */
export function createCallerViews({ engine, sources, seal }: CallerViewOptions): ViewOf {
  const views = new WeakMap<object, CallerView>()
  return (caller) => {
    const known = views.get(caller)
    if (known !== undefined) return known
    const made = viewOf(caller)
    views.set(caller, made)
    return made
  }

  function viewOf(caller: Pick<Caller, 'scopes' | 'sources'>): CallerView {
    const visible = sources.filter(({ id }) => caller.sources === null || caller.sources.has(id))
    const seesContent = caller.scopes.has('messages:content')
    const restricted =
      caller.sources === null ? engine : engine.restrictedTo(new Set(visible.map(({ id }) => id)))
    const context = JSON.stringify([
      seesContent ? 'content' : 'no content',
      caller.sources === null ? 'all' : visible.map(({ id }) => id),
    ])
    return {
      engine: withSealedCursors(seesContent ? restricted : withoutContent(restricted), seal, context),
      sources: new Map(visible.map((source) => [source.id, source])),
      seesContent,
      show: seesContent ? (message) => message : maskedMessage,
      showRecord: seesContent ? (record) => record : maskedRecord,
      checkFilter: (filter) => {
        if (!seesContent) refuseContent({ filter })
      },
      positions: {
        seal: (position) => seal.seal(position, `positions ${context}`),
        open: (sealed) => seal.open(sealed, `positions ${context}`),
      },
    }
  }
}
