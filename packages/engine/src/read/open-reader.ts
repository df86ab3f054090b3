import type { StreamPosition } from '../cursor/position.js'
import { CursorReader } from './cursor-reader.js'
import { PageReader } from './page-reader.js'
import type { Stream, StreamReader } from './stream-reader.js'
import { WindowReader } from './window-reader.js'

/** The reader for the source's kind of paging. */
export function openReader(stream: Stream, position: StreamPosition): StreamReader {
  switch (stream.reading.source.provider.capabilities.paging.kind) {
    case 'window':
      return new WindowReader(stream, position)
    case 'page':
      return new PageReader(stream, position)
    case 'cursor':
      return new CursorReader(stream, position)
  }
}
