import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  type VirtualItem,
  Virtualizer,
  defaultRangeExtractor,
} from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

export interface VirtualRows {
  readonly items: readonly VirtualItem[]
  readonly height: number
  scrollTo(index: number): void
}

export interface VirtualRowsOptions {
  readonly scrollElement: RefObject<HTMLElement | null>
  readonly count: number
  /** In pixels; the same for all rows. */
  readonly rowHeight: number
  /** A row that stays in the document although it is out of sight: the one that has the focus. */
  readonly kept: number | null
}

/** The rows that are in sight, with some before and after them. */
export function useVirtualRows({ scrollElement, count, rowHeight, kept }: VirtualRowsOptions): VirtualRows {
  const [, setTurn] = useState(0)
  const options = {
    count,
    getScrollElement: () => scrollElement.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => setTurn((turn) => turn + 1),
    rangeExtractor: (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      if (kept === null || kept >= count || indexes.includes(kept)) return indexes
      return [...indexes, kept].toSorted((one, other) => one - other)
    },
  }
  const ref = useRef<Virtualizer<HTMLElement, HTMLElement>>(null)
  ref.current ??= new Virtualizer<HTMLElement, HTMLElement>(options)
  const virtualizer = ref.current
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }
}

/** The height of every row in pixels, as the style says: `--row-height`, in rem. */
export function useRowHeight(): number {
  const [height, setHeight] = useState(readRowHeight)
  useEffect(() => {
    const update = (): void => setHeight(readRowHeight())
    addEventListener('resize', update)
    return () => removeEventListener('resize', update)
  }, [])
  return height
}

function readRowHeight(): number {
  const style = getComputedStyle(document.documentElement)
  const rem = Number.parseFloat(style.fontSize)
  return Math.round(Number.parseFloat(style.getPropertyValue('--row-height')) * rem)
}
