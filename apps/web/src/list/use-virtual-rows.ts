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
  /** In pixels; the same for all rows but headings of days. */
  readonly rowHeight: number
  readonly dayHeight: number
  /** The numbers of the rows that are headings of days. */
  readonly dayRows: ReadonlySet<number>
  /** A row that stays in the document although it is out of sight: the one that has the focus. */
  readonly kept: number | null
}

/** The rows that are in sight, with some before and after them. */
export function useVirtualRows(wanted: VirtualRowsOptions): VirtualRows {
  const { scrollElement, count, rowHeight, dayHeight, dayRows, kept } = wanted
  const [, setTurn] = useState(0)
  const options = {
    count,
    getScrollElement: () => scrollElement.current,
    estimateSize: (index: number) => (dayRows.has(index) ? dayHeight : rowHeight),
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
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight, dayHeight, dayRows])
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }
}

/** A height in pixels, as the style says it in rem: `--row-height` of rows, `--day-height` of headings of days. */
export function useHeight(name: '--row-height' | '--day-height'): number {
  const [height, setHeight] = useState(() => readHeight(name))
  useEffect(() => {
    const update = (): void => setHeight(readHeight(name))
    addEventListener('resize', update)
    return () => removeEventListener('resize', update)
  }, [name])
  return height
}

function readHeight(name: string): number {
  const style = getComputedStyle(document.documentElement)
  const rem = Number.parseFloat(style.fontSize)
  return Math.round(Number.parseFloat(style.getPropertyValue(name)) * rem)
}
